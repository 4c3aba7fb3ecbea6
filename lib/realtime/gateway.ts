import type { Server as HttpServer } from "node:http";
import { type Socket, Server as SocketServer } from "socket.io";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import type { RunId } from "#lib/domain/ids.ts";
import { type Actor, roleMay } from "#lib/domain/roles.ts";
import { type BrowserToServer, type LogLine, type ServerToBrowser, Subscribe } from "./protocol.ts";

/** What the gateway reads and whom it asks. */
export interface GatewayPorts {
  /** Who opened the connection, by its cookie; null when nobody is logged in. */
  actor(headers: Headers): Promise<Actor | null>;
  /** Whether a page of this origin may connect. */
  originAllowed(origin: string | undefined, host: string | undefined): boolean;
  events(runId: RunId, afterSeq: number, limit: number): Promise<RunEvent[]>;
  log(runId: RunId, afterSeq: number, limit: number): Promise<LogLine[]>;
  onGrown(listener: (runId?: RunId) => void): () => void;
  report(message: string, error: unknown): void;
}

type RunSocket = Socket<BrowserToServer, ServerToBrowser>;

/** What one batch holds at most. Of the log one page more is read than this allows, never more. */
const batchEvents = 500;
const batchLog = 1_000;
const batchChars = 64 * 1024;
/** Pieces read from the store at a time: a piece may be long, and all of a page are in memory. */
const pageLog = 50;
/** A browser that does not acknowledge for this long has gone; it subscribes again when it is back. */
const acknowledgeMs = 30_000;
/** Between two looks without a hint, milliseconds. */
const pollMs = 1_000;
/** Between two questions whether whoever opened a connection may still read, milliseconds. */
const recheckMs = 5_000;
/** Runs that one browser may follow at once; a page follows one. */
const mostRuns = 8;

/**
 * Live runs over websockets. It holds no state of its own: every subscription reads on from the
 * store at its own pace, so a reload or another instance shows the same, complete and in order.
 *
 * @param everyMs between two questions whether whoever opened a connection may still read
 */
export function attachGateway(
  http: HttpServer,
  ports: GatewayPorts,
  everyMs = recheckMs,
): SocketServer {
  const server = new SocketServer<BrowserToServer, ServerToBrowser>(http, {
    path: "/live",
    transports: ["websocket"],
    // Next's own upgrades (hot reload) share the port.
    destroyUpgrade: false,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    allowRequest: (request, callback) =>
      callback(null, ports.originAllowed(request.headers.origin, request.headers.host)),
  });
  server.use((socket, next) => {
    identify(ports, socket as RunSocket).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
    );
  });
  const hints = new Hints(ports);
  server.on("connection", (socket: RunSocket) => {
    // A session may end, and an account be disabled, while a page is open.
    const recheck = setInterval(() => {
      identify(ports, socket).catch(() => socket.disconnect(true));
    }, everyMs);
    socket.on("disconnect", () => clearInterval(recheck));
    const stops = new Map<RunId, AbortController>();
    const stop = (runId: RunId) => {
      stops.get(runId)?.abort();
      stops.delete(runId);
    };
    socket.on("subscribe", (input, answer) => {
      const parsed = Subscribe.safeParse(input);
      if (typeof answer !== "function") return;
      if (!parsed.success) {
        answer({ ok: false, code: "request.invalid", message: "This is not a subscription." });
        return;
      }
      stop(parsed.data.runId);
      if (stops.size >= mostRuns) {
        answer({ ok: false, code: "request.invalid", message: "These are too many runs at once." });
        return;
      }
      const controller = new AbortController();
      stops.set(parsed.data.runId, controller);
      answer({ ok: true });
      follow(ports, hints, socket, parsed.data, controller.signal).catch((error: unknown) => {
        if (controller.signal.aborted) return;
        ports.report(
          `a subscription to ${parsed.data.runId} ended: ${errorInfo(error).message}`,
          error,
        );
        // The browser connects again and says what it has.
        socket.disconnect(true);
      });
    });
    socket.on("unsubscribe", (runId) => stop(runId));
    socket.on("disconnect", () => {
      for (const runId of [...stops.keys()]) stop(runId);
    });
  });
  return server;
}

async function identify(ports: GatewayPorts, socket: RunSocket): Promise<void> {
  const headers = new Headers();
  const { cookie } = socket.handshake.headers;
  if (cookie) headers.set("cookie", cookie);
  const actor = await ports.actor(headers);
  if (actor && roleMay(actor.role, "run.read")) return;
  throw new UpliftError("unauthenticated", "Log in to follow a run.", { remedy: "Log in again." });
}

async function follow(
  ports: GatewayPorts,
  hints: Hints,
  socket: RunSocket,
  from: Subscribe,
  signal: AbortSignal,
): Promise<void> {
  const { runId } = from;
  let { afterSeq, afterLog } = from;
  const look = async (): Promise<Batch> => {
    // Asked for before the look: a hint that comes while looking counts.
    const hint = hints.next(runId, signal);
    const [events, { log, all }] = await Promise.all([
      ports.events(runId, afterSeq, batchEvents),
      nextLog(ports, runId, afterLog),
    ]);
    afterSeq = events.at(-1)?.seq ?? afterSeq;
    afterLog = log.at(-1)?.seq ?? afterLog;
    return { events, log, caughtUp: events.length < batchEvents && all, hint };
  };
  let first = true;
  let ahead = look();
  while (!signal.aborted) {
    const { events, log, caughtUp, hint } = await ahead;
    const taken =
      events.length > 0 || log.length > 0 || first
        ? acknowledged(socket, { runId, events, log, now: Date.now(), caughtUp }, signal)
        : null;
    first = false;
    // While the browser takes a batch in, the next one is read: one, however slow the browser is.
    if (!caughtUp) ahead = look();
    // Whoever reads ahead for a browser that has gone has nobody to tell.
    ahead.catch(() => undefined);
    await taken;
    if (caughtUp) {
      await hint.come;
      if (signal.aborted) return;
      ahead = look();
    }
    hint.forget();
  }
}

interface Batch {
  events: RunEvent[];
  log: LogLine[];
  /** Nothing more is stored at this moment. */
  caughtUp: boolean;
  hint: ReturnType<Hints["next"]>;
}

/** The next pieces, few enough to be held; `all`: nothing more is stored at this moment. */
async function nextLog(
  ports: GatewayPorts,
  runId: RunId,
  after: number,
): Promise<{ log: LogLine[]; all: boolean }> {
  const log: LogLine[] = [];
  let chars = 0;
  while (log.length < batchLog && chars < batchChars) {
    const page = await ports.log(runId, log.at(-1)?.seq ?? after, pageLog);
    log.push(...page);
    chars += page.reduce((sum, { text }) => sum + text.length, 0);
    if (page.length < pageLog) return { log, all: true };
  }
  return { log, all: false };
}

/** Resolves when the browser has taken the batch in, or the subscription ends. */
async function acknowledged(
  socket: RunSocket,
  feed: Parameters<ServerToBrowser["feed"]>[0],
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = () => resolve();
  const timer = setTimeout(
    () => reject(new Error(`the browser took nothing in for ${acknowledgeMs / 1000} s`)),
    acknowledgeMs,
  );
  // A browser that has gone acknowledges nothing: its batch is let go at once.
  signal.addEventListener("abort", done, { once: true });
  socket.emit("feed", feed, done);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", done);
  }
}

/** The store's hints, heard once for all browsers. */
class Hints {
  readonly #waiting = new Map<() => void, RunId>();

  constructor(ports: Pick<GatewayPorts, "onGrown">) {
    ports.onGrown((changed) => {
      for (const [done, runId] of this.#waiting) {
        if (changed === undefined || changed === runId) done();
      }
    });
  }

  /** `come` resolves at the next hint about a run, at the poll, or when the subscription ends. */
  next(runId: RunId, signal: AbortSignal): { come: Promise<void>; forget: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => {
      clearTimeout(timer);
      this.#waiting.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, pollMs);
    this.#waiting.set(done, runId);
    signal.addEventListener("abort", done, { once: true });
    return { come: promise, forget: done };
  }
}
