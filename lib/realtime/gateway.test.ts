import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Server as SocketServer } from "socket.io";
import { io, type Socket } from "socket.io-client";
import type { RunId, StepId } from "#lib/domain/ids.ts";
import { attachGateway } from "./gateway.ts";
import type { BrowserToServer, Feed, LogLine, ServerToBrowser } from "./protocol.ts";

type Browser = Socket<ServerToBrowser, BrowserToServer>;

const runId = "run_000000000001" as RunId;
const piece = (seq: number, text: string): LogLine => ({
  ...{ seq, stepId: "init" as StepId, attempt: 1, nodeId: null, stream: "stdout", offset: 0 },
  ...{ at: "2026-01-01T00:00:00.000Z", text },
});

/** A store whose log has `length` pieces, and what was asked of it. */
const store = {
  length: 0,
  text: "line\n",
  reads: 0,
  wake: (): void => undefined,
};
let http: Server;
let gateway: SocketServer;
let actor: { role: "viewer" } | null = { role: "viewer" };
let browsers: Browser[] = [];

before(async () => {
  http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  gateway = attachGateway(
    http,
    {
      actor: async () => actor && { ...actor, userId: "u", name: "Ann", via: "session" },
      originAllowed: () => true,
      events: async () => [],
      log: async (_run, afterSeq, limit) => {
        store.reads++;
        const count = Math.min(limit, store.length - afterSeq);
        return Array.from({ length: count }, (_, index) => piece(afterSeq + index + 1, store.text));
      },
      onGrown: (listener) => {
        store.wake = () => listener(runId);
        return () => undefined;
      },
      report: (_message, error) => assert.fail(String(error)),
    },
    20,
  );
});
afterEach(() => {
  for (const socket of browsers) socket.disconnect();
  browsers = [];
});
after(() => gateway.close());

async function browser(): Promise<Browser> {
  const { port } = http.address() as AddressInfo;
  const socket: Browser = io(`http://127.0.0.1:${port}`, {
    ...{ path: "/live", transports: ["websocket"], reconnection: false, forceNew: true },
  });
  browsers.push(socket);
  await new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(null));
    socket.once("connect_error", reject);
  });
  return socket;
}

const subscribe = (socket: Browser, afterLog = 0) =>
  socket.emitWithAck("subscribe", { runId, afterSeq: 0, afterLog });

/** Takes everything in until nothing more is stored. */
function readAll(socket: Browser): Promise<Feed[]> {
  const feeds: Feed[] = [];
  return new Promise((resolve) => {
    socket.on("feed", (feed, acknowledge) => {
      feeds.push(feed);
      acknowledge();
      if (feed.caughtUp) resolve(feeds);
    });
  });
}

const seqs = (feeds: readonly Feed[]) => feeds.flatMap(({ log }) => log.map(({ seq }) => seq));
const countTo = (last: number, from = 1) =>
  Array.from({ length: last - from + 1 }, (_, index) => from + index);

test("a log of many short pieces comes complete and in order, in few batches", async () => {
  Object.assign(store, { length: 10_050, text: "line\n" });
  const socket = await browser();
  const all = readAll(socket);
  assert.deepEqual(await subscribe(socket), { ok: true });
  const feeds = await all;
  assert.deepEqual(seqs(feeds), countTo(10_050));
  assert.ok(feeds.length <= 12, `${feeds.length} batches`);
});

test("a browser that comes back gets what it has not, and hears of what is new at once", async () => {
  Object.assign(store, { length: 150, text: "line\n" });
  const socket = await browser();
  const feeds: Feed[] = [];
  socket.on("feed", (feed, acknowledge) => {
    feeds.push(feed);
    acknowledge();
  });
  await subscribe(socket, 100);
  while (seqs(feeds).length < 50) await wait(5);
  // The poll, which begins anew with every batch, takes a second; a busy machine needs some tries to be quicker.
  for (let tookMs = 1_000; tookMs > 900; ) {
    assert.ok(store.length < 160, "it waited for the poll");
    const from = performance.now();
    store.length += 1;
    store.wake();
    while (seqs(feeds).length < store.length - 100) await wait(5);
    tookMs = performance.now() - from;
  }
  assert.deepEqual(seqs(feeds), countTo(store.length, 101));
});

describe("a browser that does not acknowledge", () => {
  test("is sent one batch of bounded size, one more is read, and it costs nothing beyond that", async () => {
    Object.assign(store, { length: 1_000_000, text: "x".repeat(16 * 1024), reads: 0 });
    const socket = await browser();
    const feeds: Feed[] = [];
    const acknowledges: (() => void)[] = [];
    socket.on("feed", (feed, acknowledge) => {
      feeds.push(feed);
      acknowledges.push(acknowledge);
    });
    await subscribe(socket);
    while (feeds.length === 0) await wait(5);
    const before = memory();
    for (let count = 0; count < 200; count++) {
      store.length += 1_000;
      store.wake();
      await wait(2);
    }
    assert.equal(feeds.length, 1);
    assert.equal(store.reads, 2);
    assert.ok(memory() - before < 8 * 1024 ** 2, "memory grew");
    const chars = feeds[0]?.log.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
    assert.ok(chars < 2 * 1024 ** 2, `${chars} characters in one batch`);

    acknowledges[0]?.();
    while (feeds.length < 2) await wait(5);
    assert.deepEqual(seqs(feeds), countTo(seqs(feeds).length));
  });

  test("is let go at once when it leaves", async () => {
    Object.assign(store, { length: 1_000_000, text: "x".repeat(32 * 1024), reads: 0 });
    const before = memory();
    // As reloads in the middle of a batch do it.
    for (let count = 0; count < 30; count++) {
      const socket = await browser();
      await new Promise<void>((resolve) => {
        socket.once("feed", () => resolve());
        void subscribe(socket);
      });
      socket.disconnect();
    }
    // The server hears of a browser that has gone when its connection is closed, which a busy machine delays.
    const grown = () => (memory() - before) / 1024 ** 2;
    const deadline = Date.now() + 20_000;
    while (grown() >= 32 && Date.now() < deadline) await wait(100);
    // Sixty batches of 1.6 MiB, half of them read ahead, would be 96.
    assert.ok(grown() < 32, `${grown().toFixed(1)} MiB are held for browsers that have gone`);
  });
});

test("what is no subscription, too many of them, and nobody's connection are refused", async () => {
  Object.assign(store, { length: 0 });
  const socket = await browser();
  const answer = await socket.emitWithAck("subscribe", { runId: "x" } as never);
  assert.deepEqual(answer.ok, false);
  const answers = await Promise.all(
    countTo(9).map((number) =>
      socket.emitWithAck("subscribe", {
        ...{ runId: `run_00000000000${number}` as RunId, afterSeq: 0, afterLog: 0 },
      }),
    ),
  );
  assert.deepEqual(
    answers.map(({ ok }) => ok),
    [...Array(8).fill(true), false],
  );
  actor = null;
  await assert.rejects(browser(), /Log in/);
  actor = { role: "viewer" };
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use after what is not needed was let go. */
function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test("a page whose account was disabled is read to no longer", async () => {
  const socket = await browser();
  await subscribe(socket);
  const ended = new Promise((resolve) => socket.once("disconnect", resolve));
  actor = null;
  try {
    assert.equal(await ended, "io server disconnect");
  } finally {
    actor = { role: "viewer" };
  }
});
