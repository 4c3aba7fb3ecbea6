import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UpliftError } from "#lib/domain/errors.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { StepContext } from "./context.ts";
import { databaseRecreate } from "./database-recreate.ts";

interface Present {
  collation: string;
  tables: number;
}

const nodeId = "nod_000000000001" as NodeId;
const dump = { path: "/backups/oms_rm.sql", bytes: 1000, sha256: "a".repeat(64) };
const right = { collation: "utf8mb4_bin", tables: 0 };

/** A server with one database (null: none), and the statements that changed it. */
function server(
  present: Present | null,
  {
    onDrop = (): Present | null => null,
    /** Names of triggers that no statement lists. */
    orphans = [] as string[],
  } = {},
) {
  let database = present;
  const changes: string[] = [];
  const create = () => ({ collation: "utf8mb4_bin", tables: database?.tables ?? 0 });
  const session: SqlSession = {
    server: { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" },
    query: async (sql) => {
      if (sql.includes("SCHEMATA")) {
        return database ? [{ characterSet: "utf8mb4", collation: database.collation }] : [];
      }
      return sql.includes("TABLE_TYPE")
        ? [{ tables: database?.tables ?? 0, views: 0 }]
        : [{ total: 0 }];
    },
    execute: async (sql) => {
      const statement =
        /^(?:CREATE DATABASE IF NOT EXISTS|DROP TRIGGER|[A-Z]+)/.exec(sql)?.[0] ?? sql;
      changes.push(statement);
      if (statement === "DROP TRIGGER") {
        const orphan = orphans.find((name) => sql.includes(name));
        if (!orphan) return 0;
        orphans.splice(orphans.indexOf(orphan), 1);
        throw answer("ER_NO_SUCH_TABLE");
      }
      if (statement === "DROP") {
        database = onDrop();
        if (orphans.length === 0) return 0;
        database = { collation: "latin1_swedish_ci", tables: 0 };
        throw answer("ER_DB_DROP_RMDIR");
      }
      if (statement !== "CREATE DATABASE IF NOT EXISTS" || !database) database = create();
      return 0;
    },
    transaction: (work) => work(),
    close: async () => undefined,
  };
  return { session, changes, present: () => database };
}

/** As the driver's errors reach a step. */
function answer(code: string): UpliftError {
  return new UpliftError("metadb.query_failed", code, { remedy: "", cause: { code } });
}

/** @param sha256 what `sha256sum` says of the dump; null when it is gone */
async function recreate(
  session: SqlSession,
  sha256: string | null = dump.sha256,
  use: RegisteredUse | null = null,
) {
  const code = sha256 === null ? 1 : 0;
  const context = {
    step: { timeoutMs: 1_000 },
    params: {
      route: { server: { host: "10.0.0.1", port: 2883 }, via: nodeId },
      database: "oms_rm",
      backup: { nodeId, files: [dump] },
      characterSet: "utf8mb4",
      collation: "utf8mb4_bin",
      triggers: ["trg_project"],
    },
    hostName: () => "hz-1",
    plan: { hosts: [], use },
    state: () => ({ leftOut: {}, confirmed: [] }),
    otherDeployments: async () => [],
    exec: async () => ({
      code,
      stdout: `${sha256 ?? ""}  ${dump.path}\n`,
      stderr: "",
      durationMs: 1,
    }),
    sql: (_route: unknown, work: (session: SqlSession) => Promise<unknown>) => work(session),
  };
  await databaseRecreate.run(context as unknown as StepContext<"database.recreate">);
}

describe("a database is re-created", () => {
  const cases: [string, Present | null, string[]][] = [
    [
      "a full one is dropped",
      { collation: "latin1_swedish_ci", tables: 9 },
      ["CREATE DATABASE IF NOT EXISTS", "DROP", "CREATE DATABASE IF NOT EXISTS", "DROP TRIGGER"],
    ],
    [
      "one that a lost DROP took away is created",
      null,
      ["CREATE DATABASE IF NOT EXISTS", "DROP TRIGGER"],
    ],
    [
      "an empty, right one is not dropped",
      right,
      ["CREATE DATABASE IF NOT EXISTS", "DROP TRIGGER"],
    ],
    [
      "an empty one with the server's character set is altered, not dropped again",
      { collation: "latin1_swedish_ci", tables: 0 },
      ["CREATE DATABASE IF NOT EXISTS", "ALTER", "DROP TRIGGER"],
    ],
  ];
  for (const [name, present, changes] of cases) {
    test(name, async () => {
      const made = server(present);
      await recreate(made.session);
      assert.deepEqual(made.changes, changes);
      assert.deepEqual(made.present(), right);
    });
  }
});

test("it is not dropped when its dump is gone or is another one", async () => {
  for (const sha256 of [null, "b".repeat(64)]) {
    const made = server({ collation: "utf8mb4_bin", tables: 9 });
    await assert.rejects(recreate(made.session, sha256), { code: "dump.unproven" });
    assert.deepEqual(made.changes, ["CREATE DATABASE IF NOT EXISTS"]);
  }
});

test("nothing is changed while somebody who was not registered uses the databases", async () => {
  const at = "10.0.0.1:2883";
  const use: RegisteredUse = {
    nodes: [
      {
        ...{ nodeId, name: "hz-1", addresses: ["10.77.1.11"] },
        heartbeat: { at, database: "oms_hb" },
      },
    ],
    ...{ locations: [1], users: ["root"], listed: true, confirmed: [] },
    servers: [{ at, cmDatabase: null, databases: ["oms_rm"], others: [], sessionsTell: true }],
  };
  const made = server({ collation: "utf8mb4_bin", tables: 9 });
  const { query } = made.session;
  made.session.query = async (sql, values) =>
    sql.includes("PROCESSLIST")
      ? ["10.77.1.11:1", "10.77.1.99:1"].map((host, id) => ({
          ...{ id, own: 0, host, user: "root", db: "oms_rm", seconds: 0 },
        }))
      : sql.includes("heatbeat_sequence")
        ? []
        : query(sql, values);
  await assert.rejects(recreate(made.session, dump.sha256, use), {
    code: "metadb.in_use",
    message: /From 10\.77\.1\.99, which is no registered node/,
  });
  assert.deepEqual(made.changes, []);
});

test("what a killed DROP has left of triggers is cleared away, though DROP DATABASE cannot", async () => {
  for (const tables of [9, 0]) {
    const orphans = ["trg_project"];
    const made = server({ collation: "latin1_swedish_ci", tables }, { orphans });
    await recreate(made.session);
    assert.deepEqual(orphans, []);
    assert.deepEqual(made.present(), right);
  }
});

test("one that others fill meanwhile is not called empty", async () => {
  const made = server(
    { collation: "utf8mb4_bin", tables: 9 },
    { onDrop: () => ({ ...right, tables: 1 }) },
  );
  await assert.rejects(recreate(made.session), {
    code: "restore.failed",
    message: /with 1 tables/,
  });
});

test("what has become of it is for the step itself to find out", async () => {
  const probe = await databaseRecreate.probe({} as StepContext<"database.recreate">);
  assert.deepEqual(probe, { state: "absent" });
});
