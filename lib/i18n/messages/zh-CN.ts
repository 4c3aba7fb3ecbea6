import type { Messages } from "./en.ts";
import app from "./zh-CN/app.json" with { type: "json" };
import audit from "./zh-CN/audit.json" with { type: "json" };
import auditTrail from "./zh-CN/audit-trail.json" with { type: "json" };
import auth from "./zh-CN/auth.json" with { type: "json" };
import backups from "./zh-CN/backups.json" with { type: "json" };
import { core } from "./zh-CN/core.ts";
import deployments from "./zh-CN/deployments.json" with { type: "json" };
import fleet from "./zh-CN/fleet.json" with { type: "json" };
import frame from "./zh-CN/frame.json" with { type: "json" };
import help from "./zh-CN/help.json" with { type: "json" };
import history from "./zh-CN/history.json" with { type: "json" };
import home from "./zh-CN/home.json" with { type: "json" };
import locks from "./zh-CN/locks.json" with { type: "json" };
import plans from "./zh-CN/plans.json" with { type: "json" };
import runs from "./zh-CN/runs.json" with { type: "json" };
import said from "./zh-CN/said.json" with { type: "json" };
import settings from "./zh-CN/settings.json" with { type: "json" };
import topology from "./zh-CN/topology.json" with { type: "json" };
import ui from "./zh-CN/ui.json" with { type: "json" };
import wall from "./zh-CN/wall.json" with { type: "json" };
import wizard from "./zh-CN/wizard.json" with { type: "json" };
import words from "./zh-CN/words.json" with { type: "json" };

export const zhCN: Messages = {
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
