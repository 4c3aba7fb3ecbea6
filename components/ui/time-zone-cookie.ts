/** Remembers the browser's zone, so that the server renders clocks as the browser will. */
export const timeZoneCookie = "uplift-zone";
