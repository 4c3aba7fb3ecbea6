import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describeLab } from "./describe-lab.ts";
import { startLab } from "./lab.ts";
import { metadbToHand } from "./metadb/to-hand.ts";
import { isPortFree } from "./product/free-port.ts";
import { serverCommand } from "./product/server-command.ts";

/**
 * The demo: a lab with two regions and a fresh dashboard beside it. Ctrl-C ends both and leaves
 * nothing behind; after a crash the next start cleans up first.
 */
const port = Number(process.env.UPLIFT_PORT ?? 3000);
const host = process.env.UPLIFT_HOST ?? "127.0.0.1";
if (!(await isPortFree(port, host))) {
  console.error(
    `Port ${port} on ${host} is taken. End what uses it, or choose another: UPLIFT_PORT=3001 npm run demo`,
  );
  process.exit(1);
}

let stopping = false;
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!stopping) console.log("\nstopping the demo");
      stopping = true;
      resolve();
    });
  }
});

const dataDir = mkdtempSync(join(tmpdir(), "uplift-demo-"));
const started = Date.now();
const labStarting = metadbToHand(console.log).then((metadb) =>
  startLab({ metadb, seed: "full", loadNewImage: true, log: console.log }),
);
const server = spawn(process.execPath, serverCommand(), {
  // A group of its own: Ctrl-C reaches this process, which ends the parts in order.
  detached: true,
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    ...process.env,
    NODE_ENV: "production",
    UPLIFT_DATA: dataDir,
    UPLIFT_PORT: String(port),
    UPLIFT_HOST: host,
    UPLIFT_LOG: process.env.UPLIFT_LOG ?? "warn",
  },
});
const ended = once(server, "exit");
let said = "";
server.stdout.on("data", (data: Buffer) => {
  said += data.toString();
});
const token = () => /one-time token:\s+(\S+)/.exec(said)?.[1];

async function ready(): Promise<void> {
  const lab = await labStarting;
  while (token() === undefined && server.exitCode === null && !stopping) await wait(50);
  if (stopping || server.exitCode !== null) return;
  const [first] = lab.allHosts;
  console.log(describeLab(lab));
  console.log(`Ready after ${((Date.now() - started) / 1000).toFixed(1)} s.

  Open       http://${host}:${port}/setup
  Token      ${token()}

Then choose "Discover from a node" and give ${first?.address ?? "a host"}, user root and its password above.
Ctrl-C ends the demo and removes everything.
`);
}

ready().catch(() => undefined);
await Promise.race([interrupted, ended, labStarting.then(() => interrupted)]);
if (!stopping) console.error(`The dashboard ended by itself:\n${said}`);
if (server.exitCode === null) {
  server.kill("SIGTERM");
  await ended;
}
await labStarting.then(
  (lab) => lab.stop(),
  (error: unknown) => console.error(error),
);
rmSync(dataDir, { recursive: true, force: true });
console.log("The demo is gone.");
process.exit(stopping ? 0 : 1);
