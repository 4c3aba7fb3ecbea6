import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { ServerIdentity } from "#lib/domain/flavour.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { SqlRoute } from "#lib/domain/step.ts";
import type { StepContext } from "../context.ts";
import { requireGone } from "../left-out-nodes.ts";
import { requireProvenBackups } from "../proven-backups.ts";

const [gone, there] = ["nod_000000000001", "nod_000000000002"] as [NodeId, NodeId];
const identity: ServerIdentity = { family: "mysql", release: [8, 4, 0], version: "8.4.0" };
const silentSince = "2026-01-01T02:00:00.000Z";
const fiveMinutesLater = Date.parse(silentSince) + 300_000;
const at = "10.0.0.1:2883";
const route = {
  server: { host: "10.0.0.1", port: 2883, user: "root@oms" },
  via: there,
} as SqlRoute;

const registered: RegisteredUse = {
  nodes: [
    { nodeId: gone, name: "hz-1", addresses: ["10.77.1.11", "fd00::11"] },
    { nodeId: there, name: "hz-2", addresses: ["10.77.1.12"] },
  ].map((node) => ({ ...node, heartbeat: { at, database: "oms_hb" } })),
  ...{ locations: [1], users: ["root@oms"], listed: false, confirmed: [] },
  servers: [
    {
      ...{ at, cmDatabase: "oms_cm", databases: ["oms_rm", "oms_cm", "oms_hb"], others: [] },
      sessionsTell: true,
    },
  ],
};

interface Around {
  leftOut?: object;
  backupOn?: NodeId;
  dumpOn?: NodeId;
  use?: RegisteredUse | null;
  confirmed?: string[];
  /** What the node through which the session goes resolves. */
  names?: Record<string, string>;
  /** The newest heartbeat at each look; null: other containers run, so none is asked for. */
  beats?: string[] | null;
}

const context = (around: Around) => {
  const { leftOut = { [gone]: { silentSince } }, backupOn = there, dumpOn = there } = around;
  const { use = registered, confirmed = [], names = {}, beats = null } = around;
  const looks = [...(beats ?? [])];
  const beating = {
    query: async (sql: string) =>
      sql.includes("information_schema")
        ? [{ db: "oms_hb", name: "heatbeat_sequence" }]
        : [{ id: looks.shift() ?? "", seconds: 1 }],
  };
  return {
    step: { hop: null },
    plan: {
      use,
      hosts: [
        { nodeId: gone, name: "hz-1", region: "cn-hangzhou", address: "10.77.1.11" },
        { nodeId: there, name: "hz-2", region: "cn-hangzhou", address: "10.77.1.12" },
      ],
      steps: [
        ...(beats === null ? [] : [{ id: "stop.hz-2", kind: "container.stop", hop: null }]),
        {
          ...{ id: "dump.rm", kind: "database.dump", hop: null },
          params: { key: "rm", database: "oms_rm", nodeId: dumpOn, route },
        },
      ],
    },
    state: () => ({
      ...{ leftOut, backups: [{ key: "rm", nodeId: backupOn, proven: true }] },
      confirmed: confirmed.map((key) => ({ key })),
      steps: { "stop.hz-2": { status: "succeeded" } },
    }),
    now: () => fiveMinutesLater,
    hostName: (id: NodeId) => (id === gone ? "hz-1" : "hz-2"),
    look: async (_via: NodeId, { argv }: { argv: readonly string[] }) => ({
      code: 0,
      stdout: argv
        .slice(4)
        .map((name, number) => (names[name] ? `${number} ${names[name]}\n` : ""))
        .join(""),
    }),
    watchSql: async (_route: unknown, work: (session: object) => Promise<unknown>) => work(beating),
    note: () => undefined,
  } as unknown as StepContext<"metadata.init">;
};

type Row = [host: string, seconds: number, user?: string, db?: string | null];

/** A server's sessions, of which the first is our own. */
const sessions = (own: string, ...rows: Row[]) => ({
  server: identity,
  query: async (sql: string) =>
    sql.includes("PROCESSLIST")
      ? [[own, 0] as Row, ...rows].map(([host, seconds, user = "root", db = "oms_rm"], id) => ({
          ...{ id, host, seconds, user, db, own: 0 },
        }))
      : [],
});

const fromHere = "10.77.1.12:3000";

test("a session that was at work since the node fell silent means that it is not gone", async () => {
  const look = (...rows: Row[]) => requireGone(context({}), sessions(fromHere, ...rows), route);
  await assert.rejects(look(["10.77.1.11:40312", 1], ["10.77.1.11:40313", 250]), {
    code: "node.still_active",
    message: /hz-1 was left out, but 2 of its sessions/,
  });
  // The same address in another spelling, and another one of the node's.
  for (const host of ["::ffff:10.77.1.11:40312", "[FD00:0::11]:40312", "fd00::11:40312"]) {
    await assert.rejects(look([host, 1]), { code: "node.still_active" }, host);
  }
  // What a dead host left behind, other hosts, and one whose address only begins alike.
  await look(["10.77.1.11:40312", 301], ["10.77.1.12:1", 0], ["10.77.1.110:1", 0], ["", 0]);
});

test("a session that is told by a name is one of the node that the name leads to", async () => {
  const names = { "hz-1.corp": "10.77.1.11", "hz-2.corp": "10.77.1.12" };
  const look = (...rows: Row[]) =>
    requireGone(context({ names }), sessions("hz-2.corp:3000", ...rows), route);
  await assert.rejects(look(["HZ-1.corp:40312", 1]), { code: "node.still_active" });
  await look(["hz-2.corp:1", 0]);
  await assert.rejects(look(["nobody-knows.corp:1", 0]), {
    code: "node.activity_unknown",
    message: /hz-2 does not know the address of nobody-knows\.corp/,
  });
});

test("where sessions do not tell their nodes a person has to, and once is enough", async () => {
  const behind = sessions("10.9.9.9:3000", ["10.9.9.9:4000", 1]);
  await assert.rejects(requireGone(context({}), behind, route), {
    code: "node.activity_unknown",
    message:
      /Whether hz-1, which was left out, still uses the MetaDB cannot be told\. .*10\.9\.9\.9/,
    remedy: /Switch hz-1 off/,
    confirm: [`gone:${gone}`],
  });
  await requireGone(context({ confirmed: [`gone:${gone}`] }), behind, route);
  // A node that is seen at work is not gone, whatever anybody has confirmed.
  await assert.rejects(
    requireGone(
      context({ confirmed: [`gone:${gone}`] }),
      sessions(fromHere, ["10.77.1.11:4", 1]),
      route,
    ),
    { code: "node.still_active" },
  );
});

test("what the preflight did not see is not taken for nothing, nor are others that are hidden", async () => {
  const [server] = registered.servers;
  assert.ok(server);
  const unseen = { ...registered, servers: [{ ...server, sessionsTell: false }] };
  await assert.rejects(requireGone(context({ use: unseen }), sessions(fromHere), route), {
    message: /When the plan was made, not every node was to be seen/,
  });
  const two = { ...registered, users: ["root@oms", "uplift@oms"] };
  await assert.rejects(requireGone(context({ use: two }), sessions(fromHere), route), {
    message: /Without the right PROCESS/,
  });
  await assert.rejects(
    requireGone(context({ use: null }), sessions("10.9.9.9:3000"), route),
    { code: "node.activity_unknown" },
    "a plan of an earlier release",
  );
});

/** Lets whatever waits for a time go on at once. */
async function withoutWaiting(context: TestContext, work: Promise<void>): Promise<void> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  done.catch(() => undefined);
  while (!over) {
    await new Promise(setImmediate);
    context.mock.timers.tick(10_000);
  }
  await done;
}

test("heartbeats tell where sessions do not, while nobody else writes any", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const behind = sessions("10.9.9.9:3000");
  const look = (...beats: string[]) =>
    withoutWaiting(t, requireGone(context({ beats }), behind, route));
  await look("7", "7");
  await assert.rejects(look("7", "9"), {
    code: "node.still_active",
    message: /hz-1 was left out, but heartbeats of cn-hangzhou still move/,
  });
});

test("nobody is asked for nodes that were not left out", async () => {
  const never = { server: identity, query: () => Promise.reject(new Error("asked")) };
  await requireGone(context({ leftOut: {} }), never, route);
});

test("a backup that is to be made anew elsewhere does not count where it was", () => {
  requireProvenBackups(context({}));
  assert.throws(() => requireProvenBackups(context({ dumpOn: gone })), { code: "dump.unproven" });
});
