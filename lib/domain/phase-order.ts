/** The stages of a run, in the order in which they are shown. */
export const phaseOrder = [
  "verify",
  "load",
  "ha-off",
  "stop",
  "prune",
  "backup",
  "rehearse",
  "start",
  "init",
  "health",
  "recreate",
  "restore",
  "ha-on",
  "report",
] as const;
