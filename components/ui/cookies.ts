/** What a browser remembers for the server, so that a page does not jump once its script has come. */

/** Whether the rail is folded. */
export const railCookie = "uplift-rail";

/** The browser's time zone: clocks are rendered in it. */
export const timeZoneCookie = "uplift-zone";
