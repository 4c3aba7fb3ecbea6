import { isDeepStrictEqual } from "node:util";
import type { MetadbSnapshot } from "#lab/lab.ts";
import { liveTables, withoutLiveRows } from "#lab/metadb/snapshot.ts";
import { containerName, imageName, type LabOptions } from "#lab/options.ts";
import type { Outside, SeenDump } from "./outside.ts";
import type { Statement } from "./statements.ts";

type Options = Omit<LabOptions, "log">;

/** The statement log tells seconds only. */
const secondMs = 1_000;
const marginMin = 30;
/** T2 is read just before HA is written, which takes a moment on a busy machine; the margin is there for it. */
const writingMs = 5_000;

/** What an initialisation changes; every other table must be as it was. */
const changedByInit = /\.oms_(schema_version|schema_history|new_in_v\d+|region_init)$/;

/** What must hold after an upgrade; a sentence for each thing that does not. */
export function afterUpgrade(options: Options, before: Outside, now: Outside): string[] {
  const { oldVersion, newVersion, regions } = options;
  return [
    ...containersOf(
      before,
      now,
      ({ host, seen, old }) => {
        const fresh = seen.filter((one) => one.image === imageName(newVersion));
        return [
          ...(old?.running ? [`${host}: the old container runs`] : []),
          ...(fresh.length === 1 && fresh[0]?.name === containerName(newVersion) && fresh[0].running
            ? []
            : [`${host}: not one new container that runs: ${JSON.stringify(fresh)}`]),
        ];
      },
      containerName(oldVersion),
    ),
    ...regions.flatMap(({ name }) => {
      const completed = now.initRuns.filter(
        (run) => run.region === name && run.status === "succeeded",
      );
      return completed.length === 1
        ? []
        : [`${name}: initialised ${completed.length} times: ${JSON.stringify(now.initRuns)}`];
    }),
    ...haBack(before, now),
    ...wholeDumps(before, now),
    ...Object.entries(before.metadb.tables).flatMap(([name, table]) =>
      liveTables.test(name) ||
      changedByInit.test(name) ||
      isDeepStrictEqual(now.metadb.tables[name], table)
        ? []
        : [`${name} is not what it was before the upgrade`],
    ),
    ...(firstStop(now) === null ? ["no host was told to stop its container"] : []),
    ...rightOrder(now),
  ];
}

/** What must hold after a rollback, from wherever it was begun. */
export function afterRollback(options: Options, before: Outside, now: Outside): string[] {
  return [
    ...containersOf(
      before,
      now,
      ({ host, seen, old }) => {
        const fresh = seen.filter((one) => one.image === imageName(options.newVersion));
        return [
          ...(old?.running ? [] : [`${host}: the old container does not run`]),
          ...(fresh.length <= 1 ? [] : [`${host}: ${fresh.length} new containers were made`]),
          ...fresh.flatMap(({ name, running }) =>
            running || name === containerName(options.newVersion)
              ? [`${host}: ${name} ${running ? "runs" : "stands in the way of another upgrade"}`]
              : [],
          ),
        ];
      },
      containerName(options.oldVersion),
    ),
    ...differences(before.metadb, now.metadb),
    ...haBack(before, now),
    ...whateverTheEnd(options, before, now),
  ];
}

/** What must hold even of a run that came to no end. */
export function whateverTheEnd(options: Options, before: Outside, now: Outside): string[] {
  return [...rightOrder(now), ...safeDrops(options, before, now)];
}

/** Nothing was touched at all: the run was abandoned before it changed anything. */
export function untouched(options: Options, before: Outside, now: Outside): string[] {
  return [
    ...containersOf(
      before,
      now,
      ({ host, seen, old }) => [
        ...(old?.running ? [] : [`${host}: the old container does not run`]),
        ...(seen.length === 1 ? [] : [`${host}: there are ${seen.length} containers`]),
      ],
      containerName(options.oldVersion),
    ),
    ...differences(before.metadb, now.metadb),
    ...(isDeepStrictEqual(before.ha, now.ha) ? [] : [`HA was changed: ${JSON.stringify(now.ha)}`]),
  ];
}

/** The dumps that an upgrade made are the same, byte for byte, after a rollback. */
export function sameDumps(then: Outside, now: Outside): string[] {
  const sums = (seen: Outside) =>
    Object.fromEntries(seen.dumps.map(({ host, path, sha256 }) => [`${host}:${path}`, sha256]));
  return isDeepStrictEqual(sums(then), sums(now)) ? [] : ["a dump was changed by the rollback"];
}

interface OnHost {
  host: string;
  seen: Outside["containers"][string];
  /** The container that ran before. */
  old: Outside["containers"][string][number] | undefined;
}

function containersOf(
  before: Outside,
  now: Outside,
  check: (on: OnHost) => string[],
  oldName: string,
): string[] {
  return Object.entries(now.containers).flatMap(([host, seen]) => {
    const was = before.containers[host]?.find(({ name }) => name === oldName);
    const old = seen.find(({ id, name }) => id === was?.id && name === oldName);
    return [...(old ? [] : [`${host}: the old container is gone`]), ...check({ host, seen, old })];
  });
}

function differences(before: MetadbSnapshot, now: MetadbSnapshot): string[] {
  if (isDeepStrictEqual(withoutLiveRows(before), withoutLiveRows(now))) return [];
  const tables = new Set([...Object.keys(before.tables), ...Object.keys(now.tables)]);
  const other = [...tables].filter((name) => {
    const [was, is] = [before.tables[name], now.tables[name]];
    return liveTables.test(name) ? was?.definition !== is?.definition : !isDeepStrictEqual(was, is);
  });
  return [`the databases are not what they were: ${other.join(", ") || "not their tables"}`];
}

/** HA is what it was, and its interval covers the time in which OMS was down. */
function haBack(before: Outside, now: Outside): string[] {
  const { refetchStoreIntervalMin: was, ...rest } = before.ha;
  const { refetchStoreIntervalMin: is, ...other } = now.ha;
  const wrong = isDeepStrictEqual(rest, other) ? [] : [`HA is ${JSON.stringify(now.ha)}`];
  const first = firstStop(now);
  const on = haWrites(now.statements, true).at(-1);
  if (first === null || on === undefined)
    return is === was ? wrong : [...wrong, "the interval changed"];
  const outageMin = (on.at - first - writingMs) / 60_000;
  return Number(is) >= outageMin + marginMin
    ? wrong
    : [...wrong, `an outage of ${outageMin.toFixed(1)} min, and the interval is ${String(is)}`];
}

/** Of every database there is one dump, whole, with all tables, older than any new container. */
function wholeDumps(before: Outside, now: Outside): string[] {
  const newest = Math.min(
    ...Object.values(now.containers).flatMap((seen) =>
      seen.filter(({ id }) => !isOld(before, id)).map(({ createdAt }) => createdAt),
    ),
  );
  return Object.keys(before.metadb.databases).flatMap((database) => {
    const dumps = now.dumps.filter((dump) => dump.database === database);
    const [dump] = dumps;
    if (!dump || dumps.length > 1) return [`${database} has ${dumps.length} dumps`];
    const tables = Object.keys(before.metadb.tables).filter((name) =>
      name.startsWith(`${database}.`),
    );
    return [
      ...(dump.whole ? [] : [`${dump.path} lacks its closing line`]),
      ...(dump.tables === tables.length
        ? []
        : [`${dump.path} has ${dump.tables} tables instead of ${tables.length}`]),
      ...(dump.changedAt <= newest ? [] : [`${dump.path} was written after a new container came`]),
    ];
  });
}

function isOld(before: Outside, id: string): boolean {
  return Object.values(before.containers).some((seen) => seen.some((one) => one.id === id));
}

/** No container is stopped before HA is off, and HA is not touched before every database was looked at. */
function rightOrder(now: Outside): string[] {
  const off = haWrites(now.statements, false)[0];
  const first = firstStop(now);
  if (first === null) return [];
  if (off === undefined || first + secondMs < off.at)
    return ["a container was stopped before HA was off"];
  const looked = now.statements.slice(0, now.statements.indexOf(off));
  return looked.some(({ text }) => /information_schema\.schemata/i.test(text))
    ? []
    : ["HA was switched before the databases were looked at"];
}

/** A database is dropped only while its whole dump is there, and never again once it was filled. */
function safeDrops(options: Options, before: Outside, now: Outside): string[] {
  return Object.keys(before.metadb.databases).flatMap((database) => {
    const drops = now.statements.filter(({ text }) => isDrop(text, database));
    const [first, ...others] = drops;
    if (first === undefined) return [];
    const dumps: SeenDump[] = now.dumps.filter((dump) => dump.database === database && dump.whole);
    const filled = now.statements.findIndex(
      (one, index) =>
        index > now.statements.indexOf(first) &&
        one.database === database &&
        /^CREATE TABLE /.test(one.text),
    );
    return [
      ...(dumps.some(({ changedAt }) => changedAt <= first.at + secondMs)
        ? []
        : [`${database} was dropped without a whole dump of it`]),
      ...(filled >= 0 && others.some((drop) => now.statements.indexOf(drop) > filled)
        ? [`${database} was dropped again after its restore had begun`]
        : []),
      ...(ranUnder(options, now, first)
        ? [`${database} was dropped while a new container ran`]
        : []),
    ];
  });
}

/** A new container that runs, or ended after the drop. */
function ranUnder(options: Options, now: Outside, drop: Statement): boolean {
  return Object.values(now.containers)
    .flat()
    .filter(({ image }) => image === imageName(options.newVersion))
    .some(({ running, endedAt }) => running || (endedAt ?? 0) > drop.at + secondMs);
}

function isDrop(text: string, database: string): boolean {
  return text.startsWith("DROP DATABASE") && text.includes(`\`${database}\``);
}

/** Writes that switched HA on or off. */
function haWrites(statements: readonly Statement[], enable: boolean): Statement[] {
  return statements.filter(
    ({ text }) =>
      /^UPDATE `[^`]+`\.oms_normal_config SET cfg_value = /.test(text) &&
      text.replaceAll('\\"', '"').includes(`"enable":${enable}`),
  );
}

/** When the first old container was told to stop, milliseconds; null when none was. */
function firstStop({ jobs }: Outside): number | null {
  const stops = jobs.filter(({ job }) => job.startsWith("stop.")).map(({ startedAt }) => startedAt);
  return stops.length === 0 ? null : Math.min(...stops);
}
