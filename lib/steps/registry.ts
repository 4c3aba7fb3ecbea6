import type { WorkKind } from "#lib/domain/step.ts";
import { consoleRestart } from "./console-restart.ts";
import { containerRestart } from "./container-restart.ts";
import { containerRetire } from "./container-retire.ts";
import { containerStart } from "./container-start.ts";
import { containerStop } from "./container-stop.ts";
import type { StepHandler } from "./context.ts";
import { databaseCompare } from "./database-compare.ts";
import { databaseDump } from "./database-dump.ts";
import { databaseRecreate } from "./database-recreate.ts";
import { databaseRehearse } from "./database-rehearse.ts";
import { databaseRestore } from "./database-restore.ts";
import { dumpTrial } from "./dump-trial.ts";
import { dumpVerify } from "./dump-verify.ts";
import { haDisable } from "./ha-disable.ts";
import { haEnable } from "./ha-enable.ts";
import { heartbeatPrune } from "./heartbeat-prune.ts";
import { imageLoad } from "./image-load.ts";
import { metadataInit } from "./metadata-init.ts";
import { metadbVerify } from "./metadb-verify.ts";
import { nodeHealth } from "./node-health.ts";
import { nodeLock } from "./node-lock.ts";
import { nodeVerify } from "./node-verify.ts";
import { rehearsalEnd } from "./rehearsal.ts";
import { servicesStart } from "./services-start.ts";
import { metadbSurvey, nodeSurvey } from "./survey.ts";

/** The handler of every kind of step that does something; the type makes a forgotten one an error. */
export const stepHandlers: { readonly [K in WorkKind]: StepHandler<K> } = {
  "node.lock": nodeLock,
  "node.verify": nodeVerify,
  "metadb.verify": metadbVerify,
  "dump.trial": dumpTrial,
  "node.survey": nodeSurvey,
  "metadb.survey": metadbSurvey,
  "image.load": imageLoad,
  "ha.disable": haDisable,
  "container.stop": containerStop,
  "heartbeat.prune": heartbeatPrune,
  "database.dump": databaseDump,
  "dump.verify": dumpVerify,
  "container.start": containerStart,
  "metadata.init": metadataInit,
  "services.start": servicesStart,
  "node.health": nodeHealth,
  "ha.enable": haEnable,
  "console.restart": consoleRestart,
  "container.retire": containerRetire,
  "database.recreate": databaseRecreate,
  "database.restore": databaseRestore,
  "database.rehearse": databaseRehearse,
  "rehearsal.end": rehearsalEnd,
  "database.compare": databaseCompare,
  "container.restart": containerRestart,
};
