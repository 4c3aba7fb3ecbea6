import type { CheckTopic } from "#lib/domain/check-topics.ts";
import type { StepKind } from "#lib/domain/step.ts";
import type { HelpTarget } from "#lib/help/pages.ts";

const site = "domain#1-what-is-out-there";
const ha = "domain#2-ha";
const upgrade = "domain#3-the-upgrade-multi-node-330-to-331-and-alike-later-versions";
const rollback = "domain#4-rollback";
const versions = "domain#5-which-version-can-go-where";
const nodeRights = "operations#rights-on-the-nodes";
const databaseRights = "operations#rights-on-the-metadb";
const settings = "configuration#settings-of-a-deployment";
const locks = "operations#a-host-is-locked";
const practice = "operations#practise-before-the-window";

/** Where the documentation says more about a kind of step. */
export const stepPages: Record<StepKind, HelpTarget> = {
  gate: "operations#when-a-run-is-paused",
  "node.lock": locks,
  "node.verify": upgrade,
  "metadb.verify": upgrade,
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

/** Where the documentation says more about what a check looks at. */
export const checkPages: Record<CheckTopic, HelpTarget> = {
  archive: upgrade,
  "archive-disk": upgrade,
  blind: databaseRights,
  carried: site,
  certificate: site,
  clock: ha,
  compression: settings,
  config: site,
  database: site,
  disk: settings,
  docker: nodeRights,
  "dump-tool": nodeRights,
  engine: upgrade,
  ha,
  health: site,
  "host-ip": site,
  image: site,
  lock: locks,
  logs: site,
  look: nodeRights,
  metadb: databaseRights,
  mounts: site,
  name: upgrade,
  network: site,
  path: versions,
  port: site,
  ports: site,
  "project-names": upgrade,
  projects: upgrade,
  "rehearsal-rights": databaseRights,
  "rehearsal-room": databaseRights,
  rights: databaseRights,
  "rights-tried": databaseRights,
  run: locks,
  running: upgrade,
  ssh: "security#host-keys",
  sudo: nodeRights,
  tmp: nodeRights,
  version: versions,
};
