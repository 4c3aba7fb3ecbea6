import { readFileSync } from "node:fs";
import { backupFolder } from "#lab/host/disk.ts";
import type { Lab, LabHost, MetadbSnapshot } from "#lab/lab.ts";
import { identifier } from "#lab/metadb/identifier.ts";
import { type Statement, statementsIn } from "./statements.ts";

/** A container as `docker inspect` shows it, with what matters here. */
export interface SeenContainer {
  id: string;
  name: string;
  image: string;
  running: boolean;
  createdAt: number;
  /** When it last ended; null for one that runs, or that never ran. Milliseconds by its host's clock. */
  endedAt: number | null;
}

/** A dump file on a host. Times in milliseconds since the epoch. */
export interface SeenDump {
  host: string;
  path: string;
  /** The database's name, from the file's own. */
  database: string;
  sha256: string;
  whole: boolean;
  tables: number;
  /** When its content or its name was last changed. */
  changedAt: number;
}

/** Everything that the invariants look at. None of it comes from the dashboard. */
export interface Outside {
  containers: Record<string, SeenContainer[]>;
  metadb: MetadbSnapshot;
  ha: Record<string, unknown>;
  dumps: SeenDump[];
  initRuns: { id: number; region: string; host: string; status: string }[];
  /** Of every job that a host was given: its step with the attempt, and its start, milliseconds. */
  jobs: { host: string; job: string; startedAt: number }[];
  /** What the MetaDB was asked since it was started. */
  statements: Statement[];
}

export async function lookFromOutside(lab: Lab): Promise<Outside> {
  // Before the snapshot, whose own statements say nothing.
  const statements = statementsIn(readFileSync(lab.metadb.statementsFile, "utf8"));
  const hosts = lab.allHosts;
  const containers = await Promise.all(
    hosts.map(async (host) => [host.name, await containersOn(host)] as const),
  );
  const { newVersion, databases } = lab.options;
  const [row] = await lab.metadb
    .query(
      `select cfg_value as v from ${identifier(databases.rm)}.oms_normal_config where cfg_name = 'ha.config'`,
    )
    .catch(() => []); // A database whose restore failed has no such table.
  const runs = await lab.metadb.query(
    "select id, region, host, status from lab_journal.init_runs where version = ? order by id",
    [newVersion],
  );
  return {
    statements,
    containers: Object.fromEntries(containers),
    metadb: await lab.checksum(),
    ha: JSON.parse(String(row?.v ?? "{}")) as Record<string, unknown>,
    dumps: (await Promise.all(hosts.map(dumpsOn))).flat(),
    jobs: (await Promise.all(hosts.map(jobsOn))).flat(),
    initRuns: runs.map(({ id, region, host, status }) => ({
      id: Number(id),
      region: String(region),
      host: String(host),
      status: String(status),
    })),
  };
}

async function containersOn(host: LabHost): Promise<SeenContainer[]> {
  const said = await host.mustExec("docker ps -aq | xargs -r docker inspect");
  if (said.trim() === "") return [];
  const seen = JSON.parse(said) as {
    Id: string;
    Name: string;
    Created: string;
    Config: { Image: string };
    State: { Running: boolean; FinishedAt: string };
  }[];
  return seen
    .map(({ Id, Name, Created, Config, State }) => ({
      id: Id,
      name: Name.replace(/^\//, ""),
      image: Config.Image,
      running: State.Running,
      createdAt: Date.parse(Created),
      // Docker says the year 1 of one that never ended.
      endedAt: State.Running ? null : Math.max(0, Date.parse(State.FinishedAt)) || null,
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

async function dumpsOn(host: LabHost): Promise<SeenDump[]> {
  const said = await host.mustExec(
    `text() { case $1 in *.zst) zstd -qdc "$1" ;; *.gz) gzip -dc "$1" ;; *) cat "$1" ;; esac; }
    find ${backupFolder} -name '*.sql' -o -name '*.sql.zst' -o -name '*.sql.gz' | while read -r file; do
      whole=no; text "$file" | tail -c 512 | grep -q 'Dump completed' && whole=yes
      echo "$file $(sha256sum <"$file" | cut -c1-64) $whole $(text "$file" | grep -c '^CREATE TABLE ') $(stat -c %.3Z "$file")"
    done`,
  );
  return said.split("\n").flatMap((line) => {
    const [path, sha256, whole, tables, changed] = line.split(" ");
    if (path === undefined || sha256 === undefined) return [];
    const database = path.slice(path.lastIndexOf("/") + 1).replace(/\.sql(\.zst|\.gz)?$/, "");
    const at = { host: host.name, path, database, sha256, whole: whole === "yes" };
    return [{ ...at, tables: Number(tables), changedAt: Math.round(Number(changed) * 1000) }];
  });
}

async function jobsOn(host: LabHost): Promise<Outside["jobs"]> {
  const said = await host.mustExec(
    "find /var/lib/uplift/jobs -name started -printf '%h %l\\n' 2>/dev/null || true",
  );
  return said.split("\n").flatMap((line) => {
    const [directory = "", holder, , , , , startedAt] = line.split(" ");
    if (holder !== "run") return [];
    const job = decodeURIComponent(directory.slice(directory.lastIndexOf("/") + 1));
    return [{ host: host.name, job, startedAt: Number(startedAt) }];
  });
}
