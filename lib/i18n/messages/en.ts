import app from "./en/app.json" with { type: "json" };
import audit from "./en/audit.json" with { type: "json" };
import auditTrail from "./en/audit-trail.json" with { type: "json" };
import auth from "./en/auth.json" with { type: "json" };
import backups from "./en/backups.json" with { type: "json" };
import { core } from "./en/core.ts";
import deployments from "./en/deployments.json" with { type: "json" };
import fleet from "./en/fleet.json" with { type: "json" };
import frame from "./en/frame.json" with { type: "json" };
import help from "./en/help.json" with { type: "json" };
import history from "./en/history.json" with { type: "json" };
import home from "./en/home.json" with { type: "json" };
import locks from "./en/locks.json" with { type: "json" };
import plans from "./en/plans.json" with { type: "json" };
import runs from "./en/runs.json" with { type: "json" };
import said from "./en/said.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import topology from "./en/topology.json" with { type: "json" };
import ui from "./en/ui.json" with { type: "json" };
import wall from "./en/wall.json" with { type: "json" };
import wizard from "./en/wizard.json" with { type: "json" };
import words from "./en/words.json" with { type: "json" };

/**
 * What the dashboard says, by namespace: a folder of components, `words` for what all of them say, and `said` for
 * what the core says (`lib/i18n/said.ts`).
 */
export const en = {
  ...core,
  app,
  audit,
  "audit-trail": auditTrail,
  auth,
  backups,
  deployments,
  fleet,
  frame,
  help,
  history,
  home,
  locks,
  plans,
  runs,
  said,
  settings,
  topology,
  ui,
  wall,
  wizard,
  words,
};

/** The words of any language: the keys of the English ones. */
type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export type Messages = Words<typeof en>;
export type Namespace = keyof Messages;
