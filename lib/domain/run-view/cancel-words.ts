import type { WorkKind } from "../step.ts";

export interface CancelWords {
  /** What is ended, and where. */
  ends: string;
  /** What it leaves behind. */
  leaves: string;
  /** What brings it in order. */
  mend: string;
  /** Whether it leaves something that must be put in order before OMS can serve. */
  dangerous: boolean;
}

const onlyLooks = {
  ends: "The step only looks: Uplift stops waiting for it.",
  leaves: "It has changed nothing.",
  mend: "Retry looks again.",
  dangerous: false,
} as const;

const ownJob = "Its processes on the host are ended (TERM, KILL after 10 s).";

/** What cancelling a step of each kind means. A new kind does not compile without its line here. */
const words: Record<WorkKind, CancelWords> = {
  "node.verify": onlyLooks,
  "node.lock": {
    ends: "Uplift stops waiting for it.",
    leaves: "The node may be held by this run already; nothing else is changed.",
    mend: "Retry takes it, or finds it taken.",
    dangerous: false,
  },
  "metadb.verify": onlyLooks,
  "dump.trial": {
    ends: `${ownJob} The scratch database is dropped.`,
    leaves: "Nothing is stopped or changed; the database was only read.",
    mend: "Retry tries it from the beginning.",
    dangerous: false,
  },
  "node.survey": onlyLooks,
  "metadb.survey": onlyLooks,
  "image.load": {
    ends: ownJob,
    leaves: "The image may be there in parts, which Docker does not use.",
    mend: "Retry loads it again. OMS serves meanwhile.",
    dangerous: false,
  },
  "ha.disable": {
    ends: "The connection to the MetaDB is closed.",
    leaves: "ha.config is as it was or has HA off, never something in between.",
    mend: "Retry reads it again; a rollback brings it back to what it was.",
    dangerous: false,
  },
  "container.stop": {
    ends: "The command on the host is ended; what Docker was told it may do all the same.",
    leaves: "The container may still run, or stop within the next minute.",
    mend: "Retry stops it (twice does no harm); a rollback starts the old containers again.",
    dangerous: true,
  },
  "heartbeat.prune": {
    ends: "The connection to the MetaDB is closed.",
    leaves: "Some old heartbeats are deleted, some are not; the newest is there.",
    mend: "Retry deletes the rest. Nothing needs to be undone.",
    dangerous: false,
  },
  "database.dump": {
    ends: ownJob,
    leaves: "The database was only read. There is no dump of it yet.",
    mend: "Retry dumps it again from the beginning.",
    dangerous: false,
  },
  "dump.verify": {
    ends: "Uplift stops waiting for it.",
    leaves: "The dump is unharmed and not proven.",
    mend: "Retry reads it again.",
    dangerous: false,
  },
  "database.rehearse": {
    ends: `${ownJob} The scratch database is dropped.`,
    leaves: "The dump is proven and unharmed; the database it came from was only read.",
    mend: "Retry rehearses from the beginning; skip goes on without it.",
    dangerous: false,
  },
  "rehearsal.end": {
    ends: "Uplift stops waiting for it.",
    leaves: "The scratch database may still be there; nothing else is touched.",
    mend: "Retry drops it; skip leaves it to the end of the run.",
    dangerous: false,
  },
  "container.start": {
    ends: "The command on the host is ended; what Docker was told it may do all the same.",
    leaves: "The new container may be there, with or without running. No schema is changed.",
    mend: "Retry takes up the container that it finds; a rollback puts it aside and starts the old ones.",
    dangerous: true,
  },
  "metadata.init": {
    ends: "docker_init.sh and all that it has started in the container are ended (TERM, KILL after 10 s).",
    leaves:
      "The databases may be half migrated: neither the old nor the new version is sure to work with them.",
    mend: "Roll back: it restores every database from its proven dump. Retry runs docker_init.sh again on what is there: documented after a failure, not after an interruption.",
    dangerous: true,
  },
  "services.start": {
    ends: "Uplift stops waiting for it.",
    leaves: "The console may be starting.",
    mend: "Retry starts it; one that runs stays as it is.",
    dangerous: false,
  },
  "node.health": {
    ends: "Uplift stops waiting for the node.",
    leaves: "The step only looks; the node goes on as it does.",
    mend: "Retry looks again; skip goes on without it.",
    dangerous: false,
  },
  "ha.enable": {
    ends: "The connection to the MetaDB is closed.",
    leaves: "ha.config is as it was or as it was to be, never something in between.",
    mend: "Retry finds out which, and calculates the interval anew where it has to be written.",
    dangerous: false,
  },
  "console.restart": {
    ends: "Uplift stops waiting for it.",
    leaves: "The console may be down for a moment, or be coming up.",
    mend: "Retry restarts it.",
    dangerous: false,
  },
  "container.retire": {
    ends: "Uplift stops waiting for it.",
    leaves: "The container has its old or its new name; it is stopped either way.",
    mend: "Retry finds out which.",
    dangerous: false,
  },
  "database.recreate": {
    ends: "The connection to the MetaDB is closed; a DROP that is under way there may still come to its end.",
    leaves: "The database may be whole, gone, or empty.",
    mend: "Retry drops and creates it again while its proven dump is there. The rollback cannot go on without it.",
    dangerous: true,
  },
  "database.restore": {
    ends: `${ownJob} The statement that the server works on may still come to its end.`,
    leaves: "The database holds a part of its dump. The dump is unharmed.",
    mend: "Retry loads the dump again from the beginning. Do not start the old version before that.",
    dangerous: true,
  },
  "database.compare": onlyLooks,
  "container.restart": {
    ends: "The command on the host is ended; what Docker was told it may do all the same.",
    leaves: "The old container may be starting, running or stopped.",
    mend: "Retry starts it.",
    dangerous: true,
  },
};

export function cancelWords(kind: WorkKind): CancelWords {
  return words[kind];
}
