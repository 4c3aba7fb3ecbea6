import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerIdentity } from "#lib/domain/flavour.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { SqlRoute } from "#lib/domain/step.ts";
import type { SqlRow } from "#lib/metadb/types.ts";
import type { StepContext } from "../context.ts";
import { requireNobodyElse } from "../nobody-else.ts";

const identity: ServerIdentity = { family: "mysql", release: [8, 4, 0], version: "8.4.0" };
const via = "nod_000000000001" as NodeId;
const at = "10.0.0.1:2883";
const route = { server: { host: "10.0.0.1", port: 2883, user: "root@oms" }, via } as SqlRoute;
const registered: RegisteredUse = {
  nodes: [
    {
      ...{ nodeId: via, name: "hz-1", addresses: ["10.77.1.11"] },
      heartbeat: { at, database: "oms_hb" },
    },
  ],
  ...{ locations: [1], users: ["root@oms"], listed: false, confirmed: [] },
  servers: [
    {
      ...{ at, cmDatabase: "oms_cm", databases: ["oms_rm", "oms_cm", "oms_hb"], others: [] },
      sessionsTell: true,
    },
  ],
};

interface Around {
  use?: RegisteredUse | null;
  confirmed?: string[];
  others?: { name: string; at: string; databases: string[] }[];
}

const context = ({ use = registered, confirmed = [], others = [] }: Around) =>
  ({
    plan: { use },
    state: () => ({ confirmed: confirmed.map((key) => ({ key })) }),
    note: () => undefined,
    look: async () => ({ code: 0, stdout: "" }),
    otherDeployments: async () => others,
  }) as unknown as StepContext<"metadb.verify">;

/** A server on which our own session is the first, and whose cm lists these nodes. */
function server({
  hosts = [] as string[],
  nodes = [] as string[],
  own = "10.77.1.11:1",
  /** Newest heartbeats by database, one after another. */
  beats = {} as Record<string, string[]>,
}) {
  return {
    server: identity,
    async query(sql: string): Promise<SqlRow[]> {
      if (sql.includes("PROCESSLIST")) {
        return [own, ...hosts].map((host, id) => ({
          ...{ id, own: 0, host, user: "root", db: "oms_rm", seconds: 0 },
        }));
      }
      if (sql.includes("heatbeat_sequence'")) {
        return Object.keys(beats).map((db) => ({ db, name: "heatbeat_sequence" }));
      }
      if (sql.includes("heatbeat_sequence`")) {
        const database = /FROM `(\w+)`/.exec(sql)?.[1] ?? "";
        return [{ id: beats[database]?.shift() ?? "", seconds: 9_000 }];
      }
      if (sql.includes("COLUMNS")) {
        return nodes.length === 0 ? [] : [{ name: "cm_node", col: "host_ip" }];
      }
      if (sql.includes("cm_node")) return nodes.map((what) => ({ what }));
      return [];
    },
  };
}

test("only registered nodes: nothing is said", async () => {
  await requireNobodyElse(context({}), server({ hosts: ["10.77.1.11:2"] }), route);
});

test("a session or a node of cm that came after the plan is told, with what can be confirmed", async () => {
  const seen = server({ hosts: ["10.77.1.12:9"], nodes: ["10.77.1.11", "10.77.1.12"] });
  await assert.rejects(requireNobodyElse(context({}), seen, route), {
    code: "metadb.in_use",
    message:
      /Node 10\.77\.1\.12 stands in oms_cm\.cm_node.*From 10\.77\.1\.12, which is no registered node, root has 1 session with oms_rm/,
    remedy: /abandon the run or roll it back, register it, and plan again/,
    confirm: ["node:10.77.1.12", "session:root@10.77.1.12/oms_rm"],
  });
});

test("what was confirmed for the plan or in the run is passed, and nothing else is", async () => {
  const use = { ...registered, confirmed: [{ key: "node:10.77.1.12", reason: "switched off" }] };
  const nodes = ["10.77.1.11", "10.77.1.12"];
  await requireNobodyElse(context({ use }), server({ nodes }), route);
  const both = context({ use, confirmed: ["session:root@10.9.9.9/oms_rm"] });
  await requireNobodyElse(both, server({ nodes, hosts: ["10.9.9.9:1"] }), route);
  await assert.rejects(
    requireNobodyElse(both, server({ nodes, hosts: ["10.9.9.9:1", "10.9.9.8:1"] }), route),
    { confirm: ["session:root@10.9.9.8/oms_rm"] },
  );
});

test("another deployment on the same databases cannot be confirmed away", async () => {
  const others = [{ name: "OMS Two", at, databases: ["oms_cm"] }];
  const confirmed = ["deployment:OMS Two"];
  await assert.rejects(requireNobodyElse(context({ others }), server({}), route), {
    code: "metadb.in_use",
    message: /The deployment OMS Two is registered on the same databases/,
    confirm: [],
  });
  await assert.rejects(requireNobodyElse(context({ others, confirmed }), server({}), route));
  const elsewhere = [{ name: "OMS Three", at, databases: ["three_cm"] }];
  await requireNobodyElse(context({ others: elsewhere }), server({}), route);
});

test("heartbeats: a foreign database is watched, and our own once everybody is stopped", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const look = async (beats: Record<string, string[]>, allStopped: boolean) => {
    const work = requireNobodyElse(context({}), server({ beats }), route, allStopped);
    let over = false;
    const done = work.finally(() => {
      over = true;
    });
    done.catch(() => undefined);
    while (!over) {
      await new Promise(setImmediate);
      t.mock.timers.tick(10_000);
    }
    await done;
  };
  await look({ oms_hb: ["1", "2"] }, false);
  await assert.rejects(look({ oms_hb: ["1", "2"] }, true), {
    message: /Heartbeats still move in oms_hb though every container of this deployment is stopped/,
  });
  await look({ oms_hb: ["1", "1"], oms_hb_2: ["7", "7"] }, true);
  await assert.rejects(look({ oms_hb_2: ["7", "8"] }, false), {
    message: /Heartbeats move in oms_hb_2, which nobody registered/,
    confirm: [`heartbeat:${at}/oms_hb_2`],
  });
});

test("where nothing can tell a person has to, unless one has or cm lists the nodes", async () => {
  const behind = server({ own: "10.9.9.9:1" });
  await assert.rejects(requireNobodyElse(context({}), behind, route), {
    code: "metadb.users_unknown",
    message: /cannot be told\. Uplift's own session comes from hz-1 and shows as 10\.9\.9\.9/,
    confirm: [`unseen:${at}`],
  });
  await requireNobodyElse(context({ confirmed: [`unseen:${at}`] }), behind, route);
  await requireNobodyElse(context({ use: { ...registered, listed: true } }), behind, route);
});

test("a plan of an earlier release knows nobody, and is asked nothing", async () => {
  const never = { server: identity, query: () => Promise.reject(new Error("asked")) };
  await requireNobodyElse(context({ use: null }), never, route);
});
