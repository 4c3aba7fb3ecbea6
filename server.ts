import "#lib/i18n/english.ts";
import { createServer } from "node:http";
import { hostname } from "node:os";
import next from "next";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { stampClientAddress } from "#lib/auth/client-address.ts";
import { isOwnOrigin } from "#lib/auth/origin.ts";
import { type Config, ConfigInvalid, config } from "#lib/config/config.ts";
import { Engine } from "#lib/engine/engine.ts";
import { logger } from "#lib/log/log.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import { ensureSetupToken } from "#lib/operations/setup.ts";
import { attachGateway } from "#lib/realtime/gateway.ts";
import { access, closeAccess } from "#lib/services/access.ts";
import { BackupKeeper } from "#lib/services/backup-keeper.ts";
import { otherDeployments } from "#lib/services/other-deployments.ts";
import { siteCatalogue } from "#lib/services/site-catalogue.ts";
import { holdDataDir } from "#lib/store/hold-data-dir.ts";
import { closeStore, openStore } from "#lib/store/open.ts";
import { prismaStore } from "#lib/store/store.ts";
import { grown, wanted } from "#lib/store/wake.ts";

/** How long a stop waits for steps to let go, milliseconds; they are taken up at the next start. */
const stopWithinMs = 10_000;

const settings = readSettings();
const log = logger("server");
if (process.env.UPLIFT_CRASH_AT) log.warn("UPLIFT_CRASH_AT is set: this process will end itself");
if (process.env.UPLIFT_STALL_AT) log.warn("UPLIFT_STALL_AT is set: this process will stand still");

// The store first: Next's pages and the engine share its one connection.
await openStore(settings.dataDir, settings.secretKey);
// Two engines on one data directory would take runs from each other.
const releaseDataDir = await holdDataDir(settings.dataDir);
const store = prismaStore();

const http = createServer();
const app = next({
  dev: settings.dev,
  httpServer: http,
  hostname: settings.host,
  port: settings.port,
});
await app.prepare();
const handle = app.getRequestHandler();
http.on("request", (request, response) => {
  stampClientAddress(request, settings.trustProxy);
  handle(request, response).catch((error: unknown) => {
    log.error("a request failed", { error, path: request.url?.split("?")[0] });
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

const sockets = attachGateway(http, {
  actor: actorFromHeaders,
  originAllowed: isOwnOrigin,
  events: (runId, after, limit) => store.journal.read(runId, after, limit),
  log: (runId, after, limit) => store.log.read(runId, after, limit),
  onGrown: grown.on,
  report: (message, error) => log.warn(message, { error }),
});

const engine = new Engine(
  {
    ...store,
    ...access,
    connectSql,
    otherDeployments,
    onWanted: wanted.on,
    now: Date.now,
    report: (message, error) => log.warn(message, { error }),
  },
  {
    worker: `${hostname()}:${process.pid}`,
    jobRetentionMs: settings.jobRetentionMs,
    patienceMs: settings.patienceMs,
  },
);

await new Promise<void>((resolve, reject) => {
  http.once("error", reject);
  http.listen(settings.port, settings.host, resolve);
});
const keeper = new BackupKeeper((message, error) => log.warn(message, { error }));
if (settings.engine) {
  engine.start();
  keeper.start();
} else log.warn("UPLIFT_ENGINE is off: runs are shown, not carried out");
log.info("ready", { address: settings.origin, data: settings.dataDir });
const token = await ensureSetupToken();
if (token !== null) {
  process.stdout.write(
    `\nOpen ${settings.origin}/setup and create the administrator with this one-time token:\n\n  ${token}\n\n`,
  );
}

/** The configuration, or an end with words instead of a stack. */
function readSettings(): Config {
  try {
    siteCatalogue();
    return config();
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info("stopping", { signal });
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  keeper.stop();
  await engine.stop();
  await sockets.close();
  await closeAccess();
  await app.close();
  await closeStore();
  await releaseDataDir();
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
