import type { Phase } from "../step.ts";

/** What each phase is called, as on the run page. */
export const phaseNames: Record<Phase, string> = {
  verify: "Preflight",
  load: "Load image",
  "ha-off": "HA off",
  stop: "Stop",
  prune: "Prune heartbeats",
  backup: "Back up",
  rehearse: "Rehearse restore",
  start: "Start",
  init: "Initialise",
  health: "Health",
  recreate: "Re-create databases",
  restore: "Restore",
  "ha-on": "HA on",
  report: "Report",
};
