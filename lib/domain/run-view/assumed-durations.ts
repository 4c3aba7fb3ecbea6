import type { Step, StepOfKind } from "../step.ts";

const seconds = 1_000;
const minutes = 60 * seconds;

/** Bytes of a database, by `HOST:PORT/NAME`. */
export type Sizes = ReadonlyMap<string, number>;

/** The key of a database in `Sizes`. */
export function sizeKey({ host, port }: { host: string; port: number }, database: string): string {
  return `${host}:${port}/${database}`;
}

const mebibyte = 1024 ** 2;
/** Bytes a second, on the careful side: a dump through a compressor, a reading of it, a restore with its comparison. */
const pace = { dump: 20 * mebibyte, prove: 50 * mebibyte, rehearse: 5 * mebibyte };

/**
 * What a step is taken to last before anything was measured, milliseconds; 0 for what takes as long as a
 * person does. Assumptions, and called so wherever they are shown.
 */
export function assumedMs(step: Step, sizes: Sizes): number {
  switch (step.kind) {
    case "container.stop":
      // What docker stop may wait at most; OMS has many processes.
      return step.params.graceSeconds * seconds;
    case "container.start":
    case "container.restart":
      return 20 * seconds;
    case "metadata.init":
      // docs/domain, section 3.7: two to four minutes.
      return 4 * minutes;
    case "node.health":
      return 1 * minutes;
    case "services.start":
    case "console.restart":
      return 30 * seconds;
    case "heartbeat.prune":
      return 10 * seconds;
    case "database.dump":
      return 2 * seconds + bytesOf(step.params, sizes) / pace.dump;
    case "dump.verify":
      return 2 * seconds + bytesOf(step.params, sizes) / pace.prove;
    case "database.rehearse":
      // As a rule it was rehearsed in the upgrade, and nothing has changed since.
      if (step.params.against === "manifest") return 2 * seconds;
      return 5 * seconds + bytesOf(step.params, sizes) / pace.rehearse;
    case "database.restore":
      return 5 * seconds + bytesOf(step.params, sizes) / pace.rehearse;
    case "dump.trial":
      return 10 * seconds;
    case "image.load":
      return 2 * minutes;
    case "ha.disable":
    case "ha.enable":
      return step.params.way === "guided" ? 0 : 2 * seconds;
    case "gate":
      return 0;
    case "node.lock":
    case "node.verify":
    case "metadb.verify":
    case "node.survey":
    case "metadb.survey":
    case "rehearsal.end":
    case "container.retire":
    case "database.recreate":
    case "database.compare":
      return 2 * seconds;
  }
}

type SizedKind = "database.dump" | "dump.verify" | "database.rehearse" | "database.restore";

const bySize: ReadonlySet<string> = new Set<SizedKind>([
  "database.dump",
  "dump.verify",
  "database.rehearse",
  "database.restore",
]);

/** Whether how long a step takes hangs on the size of its database. */
export function isBySize(step: Step): step is StepOfKind<SizedKind> {
  return bySize.has(step.kind);
}

/** Milliseconds times bytes a second, so that a pace divides it. */
function bytesOf(
  { route, database }: { route: { server: { host: string; port: number } }; database: string },
  sizes: Sizes,
): number {
  return (sizes.get(sizeKey(route.server, database)) ?? 0) * seconds;
}
