/** Where this browser keeps the wish; it is the browser's, not the person's: others are elsewhere. */
const key = "uplift-notify";

export type NotifyState = "unavailable" | "refused" | "off" | "on";

/** Browsers notify only on HTTPS and on this machine itself. */
export function notifyState(): NotifyState {
  if (typeof Notification === "undefined" || !window.isSecureContext) return "unavailable";
  if (Notification.permission === "denied") return "refused";
  return Notification.permission === "granted" && localStorage.getItem(key) === "on" ? "on" : "off";
}

export function mayNotify(): boolean {
  return notifyState() === "on";
}

/** Asks the browser's permission when it is needed. @returns what came of it */
export async function setNotify(wanted: boolean): Promise<NotifyState> {
  if (wanted && Notification.permission !== "granted") await Notification.requestPermission();
  localStorage.setItem(key, wanted ? "on" : "off");
  return notifyState();
}
