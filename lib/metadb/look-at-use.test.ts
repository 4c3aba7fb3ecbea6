import assert from "node:assert/strict";
import { test } from "node:test";
import { UpliftError } from "#lib/domain/errors.ts";
import { lookAtUse } from "./look-at-use.ts";
import type { SqlRow } from "./types.ts";

interface Table {
  columns: string[];
  /** Rows as they are asked for; null: it is dropped before it is read. */
  rows: SqlRow[] | null;
}

/** A server with tables in cm, and sessions of which the first is our own. */
function server(tables: Record<string, Table>, sessions: SqlRow[], grants: string[] = []) {
  return {
    server: {
      family: "mysql" as const,
      release: [8, 4, 0] as [number, number, number],
      version: "",
    },
    async query(sql: string): Promise<SqlRow[]> {
      if (sql.includes("PROCESSLIST")) return sessions.map((row, id) => ({ id, own: 0, ...row }));
      if (sql === "SHOW GRANTS") return grants.map((line) => ({ line }));
      if (sql.includes("COLUMNS")) {
        return Object.entries(tables).flatMap(([name, { columns }]) =>
          columns.map((col) => ({ name, col })),
        );
      }
      if (sql.includes("heatbeat_sequence")) return [];
      const { rows } = tables[/FROM `oms_cm`\.`(\w+)`/.exec(sql)?.[1] ?? ""] ?? { rows: null };
      if (rows) return rows;
      throw new UpliftError("metadb.query_failed", "no such table", { remedy: "" });
    },
  };
}

const look = (from: ReturnType<typeof server>, names: Record<string, string[]> = {}) =>
  lookAtUse(from, { cmDatabase: "oms_cm", unwatched: [], resolve: async () => names });

const own = { user: "oms", host: "10.77.1.11:40000", db: null, seconds: 0 };

test("tables of cm are known by their names and columns, in whatever case", async () => {
  const tables: Record<string, Table> = {
    cm_node: {
      columns: ["HOST_IP", "region", "last_seen"],
      rows: [{ what: "10.77.1.11", region: "cn-hz", lastSeen: "2026-01-01 00:00:00.000" }],
    },
    host: { columns: ["id", "ip"], rows: [{ what: " 10.77.1.12 " }, { what: null }, { what: "" }] },
    location_cm: { columns: ["location"], rows: [{ what: 3 }, { what: "nonsense" }] },
    node_label: { columns: ["host_ip"], rows: [{ what: "10.0.0.1" }] },
    cm_location_history: { columns: ["location"], rows: [{ what: 9 }] },
    machine: { columns: ["name"], rows: [{ what: "m" }] },
    server: { columns: ["ip"], rows: null },
  };
  const { nodes, locations } = await look(server(tables, [own]));
  assert.deepEqual(
    nodes.map(({ table, address, region }) => [table, address, region]),
    [
      ["oms_cm.cm_node", "10.77.1.11", "cn-hz"],
      ["oms_cm.host", "10.77.1.12", null],
    ],
  );
  assert.deepEqual(locations, [{ table: "oms_cm.location_cm", location: 3, region: null }]);
});

test("sessions alike are told together, with the addresses behind their names", async () => {
  const rows = [
    { ...own, host: "hz-1.corp:40000" },
    { ...own, host: "hz-2.corp:1", db: "oms_rm" },
    { ...own, host: "HZ-2.corp:2", db: "oms_rm" },
    { ...own, host: "fd00:0::1:7", db: "" },
    { ...own, host: "fd00::1:8", db: "NULL" },
  ];
  const names = { "hz-1.corp": ["10.77.1.11"], "hz-2.corp": ["10.77.1.12"] };
  const seen = await look(server({}, rows), names);
  assert.deepEqual(seen.own, { host: "hz-1.corp", addresses: ["10.77.1.11"] });
  assert.deepEqual(seen.sessions, [
    {
      ...{ user: "oms", host: "hz-2.corp", addresses: ["10.77.1.12"] },
      ...{ database: "oms_rm", count: 2 },
    },
    { user: "oms", host: "fd00::1", addresses: ["fd00::1"], database: null, count: 2 },
  ]);
});

test("whether other users' sessions are seen is told by the grants, or by one that is", async () => {
  const sees = async (sessions: SqlRow[], grants: string[] = []) =>
    (await look(server({}, sessions, grants))).seesOthers;
  assert.equal(await sees([own]), false);
  assert.equal(await sees([own, { ...own, user: "mon" }]), true);
  assert.equal(await sees([own], ["GRANT SELECT, PROCESS, RELOAD ON *.* TO `oms`@`%`"]), true);
  assert.equal(await sees([own], ["GRANT ALL PRIVILEGES ON *.* TO 'oms'"]), true);
  assert.equal(await sees([own], ["GRANT ALL PRIVILEGES ON `oms_rm`.* TO 'oms'"]), false);
});
