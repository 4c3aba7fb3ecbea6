// The OMS stand-in: a test double that behaves, seen from outside, as OceanBase Migration Service does.
// It is the first process of a lab container.
import { lstatSync, renameSync } from "node:fs";
import { readConfig } from "./config.ts";
import { serveConsole } from "./console.ts";
import { isFaulty } from "./faults.ts";
import { HighAvailability } from "./ha.ts";
import { identifier, openMetadb } from "./metadb.ts";
import { createPort, createWebServer, listen } from "./nginx.ts";
import { type ProgramName, Programs, writeLog } from "./programs.ts";
import { type Readiness, readReadiness, wantsUpgradeFlag } from "./schema.ts";
import { serveSupervisor } from "./supervisor.ts";

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => process.exit(0));

const config = (() => {
  try {
    return readConfig();
  } catch (error) {
    console.error(`OMS stand-in: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
})();
console.log(`OMS stand-in ${config.version} (a test double) on ${config.hostIp}`);
if (isFaulty("exit-after-start")) {
  writeLog("oms_console", "fault asked for by the lab: exit after start");
  setTimeout(() => process.exit(1), 300);
}

const metadb = openMetadb(config);
const programs = new Programs(config);
const ha = new HighAvailability(config, metadb);
let readiness: Readiness = { state: "unreachable", reason: "starting" };
let heartbeatsWork = true;
let neverHealthy = false;

const isHealthy = () =>
  programs.allRunning && readiness.state === "ready" && heartbeatsWork && !neverHealthy;

const web = createWebServer((request, response) => {
  if (request.url?.startsWith("/oms/health")) {
    const body = {
      success: true,
      data: { healthy: isHealthy() },
      standIn: { version: config.version, readiness, haEnabled: ha.enabled },
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  } else if (programs.state("oms_console") !== "RUNNING") {
    response.writeHead(502).end("502 Bad Gateway\n");
  } else {
    serveConsole(config, metadb, request, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  }
});

const ports: Partial<Record<ProgramName, string>> = {};
const listening: [ProgramName, Parameters<typeof listen>[0], number][] = [
  ["nginx", web, config.ports.nginx],
  ["oms_drc_cm", createPort(), config.ports.cm],
  ["oms_drc_supervisor", createPort(), config.ports.supervisor],
];
for (const [name, server, port] of listening) {
  const problem = await listen(server, port);
  if (problem !== undefined) ports[name] = problem;
}
serveSupervisor(programs, async (name) => {
  if (name === "oms_console") await ha.read();
  await settle();
});

/** CM counts on from the newest heartbeat, so it cannot start on an empty table. */
async function findProblems(): Promise<Partial<Record<ProgramName, string>>> {
  const problems = { ...ports };
  if (readiness.state === "needs-init" && wantsUpgradeFlag(config.version) && !config.isUpgrade)
    problems.oms_console = "the schema is old and IS_UPGRADE is not true: refusing to start";
  if (readiness.state === "ready" && programs.state("oms_drc_cm") !== "RUNNING") {
    const rows = await metadb.region(
      `select max(id) as newest from ${identifier(config.heartbeat)}.heatbeat_sequence`,
    );
    if (rows[0]?.newest === null) problems.oms_drc_cm = "heatbeat_sequence is empty";
  }
  return problems;
}

async function settle(): Promise<void> {
  readiness = await readReadiness(config, metadb);
  programs.settle(readiness, await findProblems());
}

async function beat(): Promise<void> {
  if (programs.state("oms_drc_cm") !== "RUNNING") return;
  await metadb.region(
    `insert into ${identifier(config.heartbeat)}.heatbeat_sequence (gmt_created, gmt_modified) values (now(), now())`,
  );
  await metadb.main(
    `insert into ${identifier(config.cm)}.cm_node (host_ip, region, last_seen) values (?, ?, now(3))
     on duplicate key update last_seen = now(3), region = values(region)`,
    [config.hostIp, config.regionName],
  );
}

/** The dump tools can be taken away and given back while the container runs. */
function hideDumpTools(): void {
  const isHidden = isFaulty("no-dump-tool");
  for (const tool of ["mysqldump", "mariadb-dump"]) {
    const [from, to] = isHidden
      ? [`/usr/bin/${tool}`, `/opt/oms/hidden-${tool}`]
      : [`/opt/oms/hidden-${tool}`, `/usr/bin/${tool}`];
    // Not existsSync, which follows links: a hidden `mysqldump` points to nowhere.
    if (lstatSync(from, { throwIfNoEntry: false })) renameSync(from, to);
  }
}

for (let second = 0; ; second++) {
  try {
    hideDumpTools();
    neverHealthy = isFaulty("health-never");
    await settle();
    await beat();
    heartbeatsWork = true;
    if (readiness.state === "ready" && second % 3 === 0) {
      await ha.read();
      await ha.act();
    }
  } catch (error) {
    heartbeatsWork = false;
    writeLog("oms_drc_cm", `error: ${error instanceof Error ? error.message : String(error)}`);
  }
  // Until the services run, look more often: a start should not take a second longer than it must.
  await new Promise((resolve) => setTimeout(resolve, isHealthy() ? 1000 : 250));
}
