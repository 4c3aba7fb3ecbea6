import type { StepKind } from "#lib/domain/step.ts";
import type { HelpTarget } from "#lib/help/pages.ts";
import {
  databaseRights,
  ha,
  locks,
  practice,
  rollback,
  settings,
  site,
  upgrade,
} from "./places.ts";

/** Where the documentation says more about a kind of step. */
export const stepPages: Record<StepKind, HelpTarget> = {
  gate: "operations#when-a-run-is-paused",
  "node.lock": locks,
  "node.verify": upgrade,
  "metadb.verify": upgrade,
  "dump.trial": databaseRights,
  "node.survey": upgrade,
  "metadb.survey": upgrade,
  "image.load": upgrade,
  "ha.disable": ha,
  "container.stop": upgrade,
  "heartbeat.prune": upgrade,
  "database.dump": upgrade,
  "dump.verify": practice,
  "database.rehearse": databaseRights,
  "rehearsal.end": databaseRights,
  "container.start": site,
  "metadata.init": upgrade,
  "services.start": upgrade,
  "node.health": upgrade,
  "ha.enable": ha,
  "console.restart": settings,
  "container.retire": rollback,
  "database.recreate": rollback,
  "database.restore": rollback,
  "database.compare": rollback,
  "container.restart": rollback,
};
