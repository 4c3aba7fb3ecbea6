import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "./ids.ts";
import { completeLists, sessionsCannotTell, strangers } from "./judge-use.ts";
import type { MetadbUse, SeenSessions } from "./metadb-use.ts";

const [hz, hlj] = ["nod_000000000001", "nod_000000000002"] as [NodeId, NodeId];
const at = "10.0.0.1:2883";
const registered = {
  nodes: [
    { nodeId: hz, name: "hz-1", addresses: ["10.77.0.11", "fd00::11"] },
    { nodeId: hlj, name: "hlj-1", addresses: ["10.77.0.12", "hlj-1.corp"] },
  ].map((node) => ({ ...node, heartbeat: { at, database: "cm_hb_1" } })),
  locations: [1, 2],
  users: ["root@oms#ob", "uplift@oms#ob"],
};
const server = { at, databases: ["oms_rm", "oms_cm", "cm_hb_1"], others: ["other_hb"] };

const from = (host: string, more: Partial<SeenSessions> = {}): SeenSessions => ({
  ...{ user: "root", host, addresses: /^[\d.]+$|::/.test(host) ? [host] : [] },
  ...{ database: "oms_rm", count: 1 },
  ...more,
});
const use = (more: Partial<MetadbUse> = {}): MetadbUse => ({
  own: { host: "10.77.0.11", addresses: ["10.77.0.11"] },
  seesOthers: true,
  sessions: [from("10.77.0.11"), from("10.77.0.12")],
  ...{ heartbeats: [], nodes: [], locations: [] },
  ...more,
});
const keys = (seen: MetadbUse, allStopped = false) =>
  strangers(seen, server, registered, allStopped).map(({ key }) => key);

test("sessions on the databases from no registered node are told with user, host and database", () => {
  const sessions = [
    from("10.77.0.11"),
    from("fd00::11"),
    from("hlj-1.corp"),
    from("10.77.0.13", { database: "OMS_CM", count: 3 }),
    from("10.77.0.14", { database: null, user: "root" }),
    from("10.9.9.9", { user: "mon", database: "oms_rm" }),
    from("db-admin.corp", { database: "oms_rm" }),
    // None of these works with the deployment's databases.
    from("10.9.9.9", { user: "mon", database: null }),
    from("10.9.9.9", { user: "root", database: "elsewhere" }),
    from("", { user: "system user", database: "oms_rm" }),
  ];
  assert.deepEqual(
    strangers(use({ sessions }), server, registered).map(({ key, text }) => [key, text]),
    [
      [
        "session:root@10.77.0.13/OMS_CM",
        "From 10.77.0.13, which is no registered node, root has 3 sessions with OMS_CM.",
      ],
      [
        "session:root@10.77.0.14/",
        "From 10.77.0.14, which is no registered node, root has 1 session that chose no database.",
      ],
      [
        "session:mon@10.9.9.9/oms_rm",
        "From 10.9.9.9, which is no registered node, mon has 1 session with oms_rm.",
      ],
      [
        "session:root@db-admin.corp/oms_rm",
        "From db-admin.corp, which no registered node is known by, root has 1 session with oms_rm.",
      ],
    ],
  );
});

test("behind a proxy its address accuses nobody, and sessions do not tell", () => {
  const behind = use({
    own: { host: "10.9.9.9", addresses: ["10.9.9.9"] },
    sessions: [from("10.9.9.9", { count: 9 })],
  });
  assert.deepEqual(keys(behind), []);
  assert.match(
    sessionsCannotTell(behind, registered, hz, null) ?? "",
    /comes from hz-1 and shows as 10\.9\.9\.9: a proxy/,
  );
});

test("sessions tell only where every node that must be seen is", () => {
  const cases: [more: Partial<MetadbUse>, running: NodeId[] | null, expected: RegExp | null][] = [
    [{}, [hz, hlj], null],
    [{}, null, null],
    [{ sessions: [from("10.77.0.11")] }, null, null],
    [{ sessions: [from("10.77.0.11")] }, [hz, hlj], /No session of hlj-1 is to be seen/],
    [{ own: null }, null, /shows no session of Uplift's own/],
    [{ own: { host: "hz-1.corp", addresses: [] } }, null, /shows as hz-1\.corp/],
    [{ own: { host: "hz-1.corp", addresses: ["10.77.0.11"] } }, null, null],
    [{ seesOthers: false }, null, /PROCESS/],
  ];
  for (const [more, running, expected] of cases) {
    const told = sessionsCannotTell(use(more), registered, hz, running);
    if (expected === null) assert.equal(told, null);
    else assert.match(told ?? "", expected);
  }
  // One account for OMS and Uplift: its own sessions are all that matter.
  const one = { ...registered, users: ["root@oms#ob", "ob:oms:root"] };
  assert.equal(sessionsCannotTell(use({ seesOthers: false }), one, hz, null), null);
});

const cm = (address: string, table = "oms_cm.cm_node") => ({
  ...{ table, address, region: null, lastSeen: null },
});
const all = [cm("10.77.0.11"), cm("10.77.0.12")];

test("what tables of cm list is compared where they list a registered node at all", () => {
  const more = [...all, { ...cm("10.77.0.13"), region: "cn-hlj", lastSeen: "2026-01-01" }];
  assert.deepEqual(strangers(use({ nodes: more }), server, registered), [
    {
      key: "node:10.77.0.13",
      text: "Node 10.77.0.13 (cn-hlj, last seen 2026-01-01) stands in oms_cm.cm_node and is not registered.",
    },
  ]);
  assert.deepEqual(keys(use({ nodes: all })), []);
  assert.deepEqual(keys(use({ nodes: [cm("10.1.1.1", "oms_cm.endpoint_host")] })), []);
  const place = (location: number) => ({ table: "oms_cm.cm_location", location, region: "x" });
  assert.deepEqual(keys(use({ locations: [place(1), place(3)] })), ["location:3"]);
  assert.deepEqual(keys(use({ locations: [place(7), place(8)] })), []);
});

test("a list that lacks a registered node could lack another one as well", () => {
  assert.deepEqual(completeLists(use({ nodes: all }), registered), ["oms_cm.cm_node"]);
  assert.deepEqual(completeLists(use({ nodes: all.slice(1) }), registered), []);
  assert.deepEqual(completeLists(use(), registered), []);
});

test("heartbeats tell of an OMS that nobody registered, and of one that was to be stopped", () => {
  const beat = (database: string, moves: boolean, newestSeconds: number | null = null) => ({
    ...{ database, moves, newestSeconds },
  });
  const heartbeats = [
    beat("cm_hb_1", true),
    beat("other_hb", true),
    beat("cm_hb_2", true),
    beat("cm_hb_3", false, 40),
    beat("cm_hb_4", false, 4_000),
    beat("cm_hb_5", false, -20_000),
  ];
  const moving = [`heartbeat:${at}/cm_hb_2`, `heartbeat:${at}/cm_hb_3`];
  assert.deepEqual(keys(use({ heartbeats })), moving);
  assert.deepEqual(keys(use({ heartbeats }), true), [`heartbeat:${at}/cm_hb_1`, ...moving]);
});
