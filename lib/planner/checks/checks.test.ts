import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Check,
  DatabaseFacts,
  DeploymentFacts,
  NodeFacts,
  ServerFacts,
} from "#lib/domain/facts.ts";
import type { InitOverrule } from "#lib/domain/init-decision.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { MetadbUse } from "#lib/domain/metadb-use.ts";
import { english } from "#lib/i18n/english.ts";
import { assess, passes } from "../assess.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "../example-deployments.ts";
import { planUpgrade } from "../plan-upgrade.ts";

const inventory = exampleInventory(twoRegions);

interface Case {
  what: string;
  /** Makes one thing wrong in what a look at a healthy deployment would tell. */
  spoil(facts: DeploymentFacts, inventory: Inventory): void;
  id: RegExp;
  result: Check["result"];
  evidence: RegExp;
  remedy: RegExp;
  version?: string;
}

const node = (facts: DeploymentFacts, index = 0): NodeFacts => facts.nodes[index] as NodeFacts;
const survey = (facts: DeploymentFacts, index = 0) =>
  node(facts, index).survey as NonNullable<NodeFacts["survey"]>;
const container = (facts: DeploymentFacts) =>
  node(facts).container as NonNullable<NodeFacts["container"]>;
const config = (facts: DeploymentFacts, index = 0) =>
  node(facts, index).config as NonNullable<NodeFacts["config"]>;
const server = (facts: DeploymentFacts) => facts.servers[0] as ServerFacts;
function spoilTrial(facts: DeploymentFacts, message: string): void {
  const trial = node(facts).trials.find(({ database }) => database === "oms_rm");
  const trouble = { code: "trial.restore", message, remedy: "Install other programs." };
  Object.assign(trial ?? {}, { trouble });
}
const use = (facts: DeploymentFacts) => server(facts).use as MetadbUse;
const database = (facts: DeploymentFacts) => server(facts).databases[0] as DatabaseFacts;
const archive = { path: "/data/oms.tar", bytes: 100 * 1024 ** 2, compressed: false };

const cases: Case[] = [
  {
    what: "a dump that cannot be restored",
    spoil: (facts) => spoilTrial(facts, "ERROR 3105: The value specified for generated column"),
    id: /^trial\.rm/,
    result: "fail",
    evidence: /^\/usr\/bin\/mysqldump and \/usr\/bin\/mysql: ERROR 3105/,
    remedy: /Install other programs/,
  },
  {
    what: "a log-in that the server would refuse once it has forgotten the account",
    spoil: (facts) => Object.assign(server(facts), { rememberedOnly: true }),
    id: /^metadb\.metadb\.connection$/,
    result: "fail",
    evidence: /^Not encrypted\. The login works only while the server remembers the account/,
    remedy: /^Set the TLS mode to "verify-ca"/,
  },
  {
    what: "a server whose certificate is not verified, as its mode has it",
    spoil: (facts) =>
      Object.assign(server(facts), { tls: { protocol: "TLSv1.3", verified: false } }),
    id: /^metadb\.metadb\.connection$/,
    result: "pass",
    evidence: /^Encrypted with TLSv1\.3; the server's certificate is not verified\.$/,
    remedy: /^$/,
  },
  {
    what: "a host whose own programs do not fit, and an image whose do",
    spoil: (facts) => {
      const [worked] = node(facts).trials;
      spoilTrial(facts, "ERROR 3105");
      if (!worked) return;
      const tool = {
        ...worked.tool,
        image: "sha256:0123456789abcdef",
        place: "old-image" as const,
      };
      node(facts).trials.push({ ...worked, tool, trouble: null });
    },
    id: /^trial\.rm/,
    result: "pass",
    evidence: /of the old image 0123456789ab .*came out alike\. Not taken: .*ERROR 3105/,
    remedy: /^$/,
  },
  {
    what: "a trial that was interrupted",
    spoil: (facts) => {
      const [worked] = node(facts).trials.splice(0, 1);
      if (!worked) return;
      const { server, database } = worked;
      const error = { code: "ssh.closed", message: "hz-1 hung up.", remedy: "Look at hz-1." };
      node(facts).brokenTrials.push({ ...error, server, database });
    },
    id: /^trial\./,
    result: "unknown",
    evidence: /^The trial of \S+ on hz-1 was interrupted: hz-1 hung up\.$/,
    remedy: /^Look at hz-1\. Check again\.$/,
  },
  {
    what: "no programs at all",
    spoil: (facts) => Object.assign(node(facts), { trials: [], dumpTool: null }),
    id: /^trial\.rm/,
    result: "fail",
    evidence: /no mysqldump with a mysql client on hz-1, nor in its OMS images/,
    remedy: /Install the MySQL or MariaDB client on hz-1/,
  },
  {
    what: "a user who may not create scratch databases",
    spoil: (facts) => Object.assign(server(facts), { rehearsalRights: ["CREATE"] }),
    id: /^rehearsal-rights\.metadb/,
    result: "fail",
    evidence: /Without CREATE on scratch databases/,
    remedy: /GRANT ALL ON `uplift/,
  },
  {
    what: "a role whose rights the server does not tell",
    spoil: (facts) =>
      Object.assign(server(facts), {
        missingRights: ["DROP on oms_rm"],
        unreadableRoles: ["`dba`@`%`"],
      }),
    id: /^rights\.metadb/,
    result: "fail",
    evidence: /Missing: DROP on oms_rm\. The server does not tell what the role `dba`@`%` holds/,
    remedy: /to the MetaDB user itself, not through a role/,
  },
  {
    what: "a Docker Engine that hesitates",
    spoil: (facts) => Object.assign(survey(facts), { dockerMs: 9_000 }),
    id: /^docker\./,
    result: "warning",
    evidence: /answered after 9000 ms/,
    remedy: /keeps the Docker Engine busy/,
  },
  {
    what: "a clock that is off",
    spoil: (facts) => Object.assign(node(facts), { skewMs: -61_000 }),
    id: /^clock\./,
    result: "warning",
    evidence: /61\.0 s behind/,
    remedy: /NTP/,
  },
  {
    what: "a volume where OMS keeps its store",
    spoil: (facts) =>
      container(facts).volumes.push({ type: "volume", name: "store", target: "/home/ds/store" }),
    id: /^mounts\./,
    result: "fail",
    evidence: /\/home\/ds\/store is on the Docker volume store/,
    remedy: /directory of the host/,
  },
  {
    what: "a mount that OMS does not document is carried over and shown",
    spoil: (facts) => {
      const { mounts } = container(facts);
      for (const target of ["/home/ds/store", "/home/ds/run", "/opt/site"])
        mounts.push({ source: `/data${target}`, target, readOnly: true });
    },
    id: /^mounts\./,
    result: "pass",
    evidence: /Not among those OMS documents: \/opt\/site/,
    remedy: /^$/,
  },
  {
    what: "a directory that stays in the old container",
    spoil: () => undefined,
    id: /^mounts\./,
    result: "warning",
    evidence: /Not mounted, so it stays in the old container: \/home\/ds\/store, \/home\/ds\/run/,
    remedy: /nothing is needed/,
  },
  {
    what: "options that the new container will not have",
    spoil: (facts) =>
      Object.assign(container(facts), {
        options: ["--shm-size=1073741824"],
        restartPolicy: "always",
        environment: [...container(facts).environment, "SITE_PASSWORD=••••••", "TZ=Asia/Shanghai"],
        labels: { owner: "dba" },
        ulimits: ["nofile=1024:2048"],
      }),
    id: /^carried\./,
    result: "warning",
    evidence:
      /Carried over: -e TZ, --label owner, --ulimit nofile=1024:2048, --shm-size=1073741824, --restart=always\. Not carried over: -e SITE_PASSWORD=\.\.\./,
    remedy: /give it to the new container/,
  },
  {
    what: "an option that no new container could be given",
    spoil: (facts) => Object.assign(container(facts), { refused: ["Cmd", "DeviceRequests"] }),
    id: /^options\./,
    result: "fail",
    evidence: /could not be given: Cmd, DeviceRequests\./,
    remedy: /without these options/,
  },
  {
    what: "a container that Docker deletes when it stops",
    spoil: (facts) => Object.assign(container(facts), { autoRemove: true }),
    id: /^kept\./,
    result: "fail",
    evidence: /was started with --rm/,
    remedy: /without --rm/,
  },
  {
    what: "a container of Docker Compose",
    spoil: (facts) =>
      Object.assign(container(facts), { labels: { "com.docker.compose.project": "oms" } }),
    id: /^manager\./,
    result: "warning",
    evidence:
      /was started by Docker Compose \(project oms, file unknown\), which may start the old release/,
    remedy: /Switch off what starts the old container/,
  },
  {
    what: "a port that another program holds",
    spoil: (facts) =>
      Object.assign(survey(facts), { ports: [{ port: 8089, holder: "other", process: "nc" }] }),
    id: /^port\.8089\./,
    result: "fail",
    evidence: /nc, which is not part of oms_330, listens on port 8089 of hz-1/,
    remedy: /Stop that program/,
  },
  {
    what: "a port on which nobody listens",
    spoil: (facts) =>
      Object.assign(survey(facts), { ports: [{ port: 8088, holder: "nobody", process: null }] }),
    id: /^port\.8088\./,
    result: "warning",
    evidence: /Nobody listens on port 8088/,
    remedy: /supervisorctl/,
  },
  {
    what: "a certificate that ends soon",
    spoil: (facts) =>
      Object.assign(survey(facts), {
        certificate: { path: "/data/crt", expiresAt: "2026-01-08T00:00:00.000Z", trouble: null },
      }),
    id: /^certificate\./,
    result: "warning",
    evidence: /good until 2026-01-08, 7 days/,
    remedy: /Replace it/,
  },
  {
    what: "a certificate that is none",
    spoil: (facts) =>
      Object.assign(survey(facts), {
        certificate: {
          path: "/data/crt",
          expiresAt: null,
          trouble: "it is not a certificate in PEM",
        },
      }),
    id: /^certificate\./,
    result: "fail",
    evidence: /\/data\/crt on hz-1: it is not a certificate in PEM/,
    remedy: /PEM/,
  },
  {
    what: "an archive with another tag",
    spoil: (facts) =>
      survey(facts).archives.push({
        ...archive,
        isImage: true,
        references: ["oms:feature_3.3.0-ce"],
        trouble: null,
      }),
    id: /^archive\./,
    result: "fail",
    evidence: /\/data\/oms\.tar on hz-1 holds oms:feature_3\.3\.0-ce, not /,
    remedy: /right archive/,
  },
  {
    what: "a tar archive that is no image",
    spoil: (facts) =>
      survey(facts).archives.push({
        ...archive,
        isImage: false,
        references: [],
        trouble: "it has no manifest.json",
      }),
    id: /^archive\./,
    result: "fail",
    evidence: /is no image archive: it has no manifest\.json/,
    remedy: /docker save/,
  },
  {
    what: "too little room to load the image",
    spoil: (facts) => {
      const reference = exampleTarget().image;
      survey(facts).archives.push({
        ...archive,
        isImage: true,
        references: [reference],
        trouble: null,
      });
      survey(facts).dockerDisk = { path: "/var/lib/docker", freeBytes: 1024 ** 2 };
    },
    id: /^archive-disk\./,
    result: "fail",
    evidence: /1\.0 MiB free in \/var\/lib\/docker; the image may need 110\.0 MiB/,
    remedy: /docker image prune/,
  },
  {
    what: "too little room for logs",
    spoil: (facts) =>
      Object.assign(survey(facts), { logs: { path: "/data/logs", freeBytes: 1e6 } }),
    id: /^logs\./,
    result: "warning",
    evidence: /1\.0 MiB free for the logs of OMS in \/data\/logs/,
    remedy: /Make room/,
  },
  {
    what: "two regions with one location",
    spoil: (facts) => {
      for (const index of [2, 3]) config(facts, index).cmLocation = 1;
    },
    id: /^config\.regions$/,
    result: "fail",
    evidence: /cm_location 1 is used by cn-hangzhou and cn-heilongjiang/,
    remedy: /own location/,
  },
  {
    what: "two regions with one heartbeat database",
    spoil: (facts) => {
      for (const index of [2, 3]) config(facts, index).heartbeatDatabase = "oms_hb_1";
    },
    id: /^config\.regions$/,
    result: "fail",
    evidence: /drc_cm_heartbeat_db oms_hb_1 on .* is used by cn-hangzhou and cn-heilongjiang/,
    remedy: /heartbeat database/,
  },
  {
    what: "two default regions",
    spoil: (facts) => {
      for (const index of [2, 3]) config(facts, index).cmIsDefault = true;
    },
    id: /^config\.regions$/,
    result: "fail",
    evidence: /cm_is_default is true in cn-hangzhou, cn-heilongjiang instead of exactly one/,
    remedy: /config\.yaml/,
  },
  {
    what: "an rm database that differs on one node",
    spoil: (facts) => Object.assign(config(facts, 3), { rmDatabase: "other_rm" }),
    id: /^config\.regions$/,
    result: "fail",
    evidence: /drc_rm_db is not the same everywhere: oms_rm on hz-1, other_rm on hlj-2/,
    remedy: /share rm and cm/,
  },
  {
    what: "a registered node that cm_nodes lacks",
    spoil: (facts) => Object.assign(config(facts), { cmNodes: [config(facts).cmNodes[0]] }),
    id: /^config\.nod_/,
    result: "fail",
    evidence: /registered nodes not in cm_nodes 10\.77\.0\.12/,
    remedy: /Correct the deployment/,
  },
  {
    what: "a node of cm_nodes that is not registered",
    spoil: (facts) => config(facts).cmNodes.push("10.77.0.99"),
    id: /^config\.nod_/,
    result: "fail",
    evidence: /unregistered cm_nodes 10\.77\.0\.99/,
    remedy: /Correct the deployment/,
  },
  {
    what: "projects, whose delay nobody but the console knows",
    spoil: () => undefined,
    id: /^projects$/,
    result: "warning",
    evidence: /migration: 2 RUNNING; synchronization: 3 RUNNING\. How far behind/,
    remedy: /nearly in real time/,
  },
  {
    what: "tables for projects that are not as documented",
    spoil: (facts) => Object.assign(server(facts), { projects: null }),
    id: /^projects$/,
    result: "warning",
    evidence: /could not be read as documented/,
    remedy: /nearly in real time/,
  },
  {
    what: "a project name used twice on the way to 4.x",
    spoil: (facts) => server(facts).projects?.[0]?.duplicateNames.push("orders"),
    version: "4.0.0",
    id: /^project-names$/,
    result: "fail",
    evidence: /orders \(migration\).*unique/,
    remedy: /Rename/,
  },
  {
    what: "a project name used twice on the way to 3.3.1, which allows it",
    spoil: (facts) => server(facts).projects?.[0]?.duplicateNames.push("orders"),
    id: /^project-names$/,
    result: "pass",
    evidence: /orders \(migration\)/,
    remedy: /^$/,
  },
  {
    what: "tables without transactions",
    spoil: (facts) => server(facts).databases[0]?.engines.push("MyISAM"),
    id: /^engine\./,
    result: "warning",
    evidence: /oms_rm has tables of the engine MyISAM/,
    remedy: /nobody but OMS writes/,
  },
  {
    what: "an ha.config that is missing",
    spoil: (facts) => Object.assign(server(facts), { haConfig: null }),
    id: /^ha$/,
    result: "fail",
    evidence: /There is no ha\.config/,
    remedy: /System Parameters/,
  },
  {
    what: "another MetaDB in config.yaml",
    spoil: (facts) => Object.assign(config(facts, 2), { metaHost: "10.99.99.99", metaPort: 2883 }),
    id: /^config\.metadb\.nod_hlj1/,
    result: "fail",
    evidence:
      /on hlj-1 names 10\.99\.99\.99:2883 as oms@site#1; registered is 10\.77\.0\.1:3306.*not the same server/,
    remedy: /Register the MetaDB that OMS uses.*confirm that in writing/,
  },
  {
    what: "another port of the MetaDB's host in config.yaml",
    spoil: (facts) => Object.assign(config(facts), { metaPort: 2883 }),
    id: /^config\.metadb\.nod_hz1/,
    result: "fail",
    evidence: /not the same server/,
    remedy: /through a proxy/,
  },
  {
    what: "a MetaDB whose name leads to another address",
    spoil: (facts) => {
      Object.assign(config(facts), { metaHost: "db1" });
      Object.assign(node(facts), { resolved: { db1: ["10.77.0.2"] } });
    },
    id: /^config\.metadb\.nod_hz1/,
    result: "fail",
    evidence: /names db1:3306.*not the same server/,
    remedy: /Register the MetaDB/,
  },
  {
    what: "a MetaDB whose name leads nowhere",
    spoil: (facts) => Object.assign(config(facts), { metaHost: "db1" }),
    id: /^config\.metadb\.nod_hz1/,
    result: "unknown",
    evidence: /could not be found out on the node/,
    remedy: /Register the MetaDB/,
  },
  {
    what: "a MetaDB whose name leads to the registered address and to others",
    spoil: (facts) => {
      Object.assign(config(facts), { metaHost: "db1" });
      Object.assign(node(facts), { resolved: { db1: ["10.77.0.1", "10.77.0.2"] } });
    },
    id: /^config\.metadb\.nod_hz1/,
    result: "warning",
    evidence: /share an address and have others/,
    remedy: /same databases/,
  },
  {
    what: "a user of another tenant in config.yaml",
    spoil: (facts) => Object.assign(config(facts), { metaUser: "oms@site#2" }),
    id: /^config\.metadb\.nod_hz1/,
    result: "fail",
    evidence: /users belong to different tenants/,
    remedy: /Register the MetaDB/,
  },
  {
    what: "another user of the same tenant in config.yaml",
    spoil: (facts) => Object.assign(config(facts), { metaUser: "root@site#1" }),
    id: /^config\.metadb\.nod_hz1/,
    result: "warning",
    evidence: /different users of the same tenant/,
    remedy: /same databases/,
  },
  {
    what: "a region whose rm is on another server",
    spoil: (facts) => Object.assign(config(facts, 2), { metaHost: "10.99.99.99" }),
    id: /^config\.regions/,
    result: "fail",
    evidence:
      /drc_rm_db is not the same everywhere: oms_rm on 10\.77\.0\.1:3306 on hz-1, oms_rm on 10\.99\.99\.99:3306 on hlj-1/,
    remedy: /all share rm and cm/,
  },
  {
    what: "a region that is not registered",
    spoil: (facts) =>
      use(facts).locations.push({ table: "oms_cm.cm_location", location: 3, region: "cn-x" }),
    id: /^metadb-users\.metadb/,
    result: "fail",
    evidence: /Location 3 \(cn-x\) stands in oms_cm\.cm_location and is not registered/,
    remedy: /Register all regions and nodes of this OMS/,
  },
  {
    what: "heartbeats in a database that nobody registered",
    spoil: (facts) =>
      use(facts).heartbeats.push({ database: "oms_hb_3", moves: true, newestSeconds: 0 }),
    id: /^metadb-users\.metadb/,
    result: "fail",
    evidence: /Heartbeats move in oms_hb_3, which nobody registered/,
    remedy: /Register all regions and nodes/,
  },
  {
    what: "sessions that do not tell their nodes, and no table that does",
    spoil: (facts) =>
      Object.assign(use(facts), {
        own: { host: "10.9.9.9", addresses: ["10.9.9.9"] },
        nodes: [],
        sessions: [],
      }),
    id: /^metadb-users\.metadb/,
    result: "unknown",
    evidence: /shows as 10\.9\.9\.9.*No table of cm lists the registered nodes either/,
    remedy: /confirm that in writing/,
  },
  {
    what: "another deployment on the same databases",
    spoil: (facts) =>
      facts.others.push({ name: "OMS Two", at: "10.77.0.1:3306", databases: ["x", "oms_cm"] }),
    id: /^metadb-users\.deployments\.metadb/,
    result: "fail",
    evidence: /OMS Two \(oms_cm\)/,
    remedy: /as one deployment/,
  },
  {
    what: "a database whose size nobody knows",
    spoil: (facts) => Object.assign(database(facts), { bytes: null }),
    id: /^disk\.nod_hz1/,
    result: "warning",
    evidence: /may need 4\.5 MiB\. The size of oms_rm is not known, and not counted/,
    remedy: /Find out how large oms_rm is.*practice backup/,
  },
  {
    what: "an ha.config that is not JSON",
    spoil: (facts) => Object.assign(server(facts), { haConfig: "enable=true" }),
    id: /^ha$/,
    result: "fail",
    evidence: /not JSON: enable=true/,
    remedy: /System Parameters/,
  },
];

for (const { what, spoil, id, result, evidence, remedy, version } of cases) {
  test(`${what}: ${result}`, () => {
    const target = exampleTarget(version);
    const facts = exampleFacts(twoRegions, target);
    spoil(facts, inventory);
    const found = assess(inventory, facts, target).find((one) => id.test(one.id));
    assert.ok(found, `no check has an id like ${id}`);
    assert.equal(found.result, result, english(found.evidence));
    assert.match(english(found.evidence), evidence);
    assert.match(english(found.remedy ?? ""), remedy);
  });
}

test("every check has an id of its own, and a healthy deployment passes", () => {
  const checks = assess(inventory, exampleFacts(twoRegions), exampleTarget());
  assert.ok(passes(checks));
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});

test("without a target only what every upgrade needs is judged", () => {
  const checks = assess(inventory, exampleFacts(twoRegions), null);
  assert.ok(passes(checks));
  assert.ok(!checks.some(({ id }) => /^(path|image|name)\./.test(id)));
  assert.ok(checks.some(({ id }) => id.startsWith("ports.") || id.startsWith("port.")));
});

test("where docker_init.sh runs is a check of its own: by the files, or by a person with a reason", () => {
  const example = {
    regions: [
      { name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], different: ["hz-2"] },
      { name: "cn-shanghai", nodes: ["sh-1", "sh-2"] },
    ],
  };
  const two = exampleInventory(example);
  const [hangzhou, shanghai] = two.regions.map(({ id }) => id);
  assert.ok(hangzhou && shanghai);
  const judged = (initOverrules: InitOverrule[]) => {
    const target = { ...exampleTarget(), initOverrules };
    return assess(two, exampleFacts(example, target), target).filter(({ id }) =>
      /^config\.(same|overrules)/.test(id),
    );
  };
  const byFiles = judged([]);
  assert.deepEqual(
    byFiles.map(({ result }) => result),
    ["warning", "pass"],
  );
  assert.match(
    english(byFiles[0]?.evidence ?? ""),
    /differ in tsdb_enabled.*on each of its 2 nodes/,
  );
  const reason = "read at the start only";
  const overruled = judged([
    { regionId: hangzhou, mode: "once", reason },
    { regionId: shanghai, mode: "each", reason: "licenses differ" },
  ]);
  assert.ok(overruled.every(({ result }) => result === "warning"));
  assert.match(
    english(overruled[0]?.evidence ?? ""),
    /Overruled: .*once, on hz-1.*Reason: read at the start/,
  );
  const elsewhere = "reg_zzzzzzzzzzzz" as typeof hangzhou;
  assert.equal(judged([{ regionId: elsewhere, mode: "once", reason }]).at(-1)?.result, "fail");
});

test("a MetaDB by another name that leads to the same address is the same one", () => {
  const facts = exampleFacts(twoRegions);
  Object.assign(config(facts, 2), { metaHost: "db1" });
  Object.assign(node(facts, 2), { resolved: { db1: ["10.77.0.1"] } });
  // On the node that runs it.
  Object.assign(config(facts, 1), { metaHost: "localhost" });
  Object.assign(node(facts, 1), {
    resolved: { localhost: ["127.0.0.1", "::1"] },
    addresses: ["10.77.0.1"],
  });
  const checks = assess(inventory, facts, exampleTarget());
  assert.deepEqual(
    checks.filter(({ id, result }) => id.startsWith("config.") && result !== "pass"),
    [],
  );
});

test("what a person confirms is a warning with the reason, until it is something else", () => {
  const facts = exampleFacts(twoRegions);
  Object.assign(config(facts), { metaHost: "10.99.99.99" });
  use(facts).heartbeats.push({ database: "oms_hb_3", moves: true, newestSeconds: 0 });
  const asked = assess(inventory, facts, exampleTarget());
  const keys = asked.flatMap(({ confirm }) => confirm ?? []);
  assert.equal(keys.length, 2);
  const reason = "a proxy, and another OMS with databases of its own";
  const target = { ...exampleTarget(), confirmed: keys.map((key) => ({ key, reason })) };
  const again = assess(inventory, facts, target);
  assert.ok(passes(again), JSON.stringify(again.filter(({ result }) => result === "fail")));
  const confirmed = again.filter(({ evidence }) => english(evidence).includes(reason));
  assert.deepEqual(
    confirmed.map(({ id, result }) => [id, result]),
    [
      ["config.metadb.nod_hz1000000000", "warning"],
      ["metadb-users.metadb", "warning"],
    ],
  );
  assert.deepEqual(
    planUpgrade({ planId: examplePlanId, inventory, facts, target }).warnings.filter((text) =>
      english(text).includes(reason),
    ).length,
    2,
  );
  use(facts).heartbeats.push({ database: "oms_hb_4", moves: true, newestSeconds: 0 });
  Object.assign(config(facts), { metaPort: 2883 });
  const other = assess(inventory, facts, target).filter(({ result }) => result === "fail");
  assert.deepEqual(
    other.map(({ id }) => id),
    ["config.metadb.nod_hz1000000000", "config.regions", "metadb-users.metadb"],
  );
});

test("an address that several nodes have tells none of them from the others", () => {
  const facts = exampleFacts(twoRegions);
  for (const one of facts.nodes) one.addresses = [...(one.addresses ?? []), "172.17.0.1"];
  use(facts).sessions.push({
    ...{ user: "oms", host: "172.17.0.1", addresses: ["172.17.0.1"], database: "oms_rm" },
    count: 1,
  });
  const found = assess(inventory, facts, exampleTarget()).find(
    ({ id }) => id === "metadb-users.metadb",
  );
  assert.equal(found?.result, "fail");
  assert.deepEqual(found.confirm, ["session:oms@172.17.0.1/oms_rm"]);
});
