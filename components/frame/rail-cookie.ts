/** Remembers whether the rail is folded; the server reads it, so that the page does not jump. */
export const railCookie = "uplift-rail";
