"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { io, type Socket } from "socket.io-client";
import type { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import type { BrowserToServer, Feed, ServerToBrowser } from "#lib/realtime/protocol.ts";
import { FeedState } from "./feed-state.ts";

/** Whether the page shows the run as it is: `lost` since then, it shows what was known last. */
export type Connection = { state: "connecting" | "live" } | { state: "lost"; since: number };

export interface RunFeed {
  run: RunState;
  /** The log so far; the same array grows, so read `lineCount` to notice it. */
  lines: readonly ShownLine[];
  lineCount: number;
  /** The places of lines that have not ended and may still change. */
  openPlaces: readonly number[];
  /** When each step last said something, ISO 8601; grows as the lines do. */
  lastOutput: ReadonlyMap<StepId, string>;
  connection: Connection;
  /** Whether everything was there once that had been logged when the page began to follow. */
  caughtUp: boolean;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
}

/** Between two draws of the page, ms: a log that streams in leaves the browser time for its person. */
const drawEveryMs = 100;
/** The same while a long log is read from its beginning, which nobody can follow. */
const drawReadingEveryMs = 400;

/** A run followed over the socket, as a store that React reads a few times a second at most. */
class FeedStore {
  readonly #feed: FeedState;
  readonly #listeners = new Set<() => void>();
  #connection: Connection = { state: "connecting" };
  #caughtUp = false;
  #snapshot: RunFeed;
  #drawnAt = 0;
  #next: { at: number; timer: ReturnType<typeof setTimeout> } | null = null;

  constructor(run: RunState, serverNow: number, afterLog: number) {
    this.#feed = new FeedState(run, serverNow - Date.now(), afterLog);
    this.#snapshot = this.#take();
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): RunFeed => this.#snapshot;

  /** Follows the run until the returned function is called. */
  connect(): () => void {
    const socket: Socket<ServerToBrowser, BrowserToServer> = io({
      path: "/live",
      transports: ["websocket"],
      reconnectionDelay: 300,
      reconnectionDelayMax: 3_000,
    });
    const { runId } = this.#feed.run;
    const subscribe = () => {
      const { run, lastLog } = this.#feed;
      socket.emit("subscribe", { runId, afterSeq: run.seq, afterLog: lastLog }, () => undefined);
    };
    socket.on("connect", subscribe);
    socket.on("feed", (feed: Feed, acknowledge) => {
      const whole = this.#feed.take(feed, Date.now());
      if (feed.caughtUp) {
        this.#connection = { state: "live" };
        this.#caughtUp = true;
      }
      this.#changed(feed.caughtUp ? drawEveryMs : drawReadingEveryMs);
      acknowledge();
      if (!whole) subscribe();
    });
    socket.on("disconnect", (reason) => {
      this.#connection = { state: "lost", since: Date.now() };
      this.#changed();
      // The server ended it on purpose; socket.io leaves such a socket alone.
      if (reason === "io server disconnect") socket.connect();
    });
    return () => socket.disconnect();
  }

  #take(): RunFeed {
    const { run, log, lastOutput, aheadMs } = this.#feed;
    const [lines, lineCount, openPlaces] = [log.lines, log.lines.length, log.openPlaces()];
    const [connection, caughtUp] = [this.#connection, this.#caughtUp];
    return { run, lines, lineCount, openPlaces, lastOutput, connection, caughtUp, aheadMs };
  }

  /** @param everyMs the least time between two draws; after a rest it is drawn at once */
  #changed(everyMs = drawEveryMs): void {
    const at = this.#drawnAt + everyMs;
    if (this.#next && this.#next.at <= at) return;
    if (this.#next) clearTimeout(this.#next.timer);
    const draw = () => {
      this.#next = null;
      this.#drawnAt = performance.now();
      this.#snapshot = this.#take();
      for (const listener of this.#listeners) listener();
    };
    const inMs = Math.max(0, at - performance.now());
    this.#next = { at, timer: setTimeout(() => requestAnimationFrame(draw), inMs) };
  }
}

/**
 * The run as it is now and everything that is logged, complete and in order across reloads and lost
 * connections.
 *
 * @param serverNow the server's clock when `run` was read, milliseconds
 * @param afterLog the log is wanted from behind that piece on; from its beginning unless told otherwise
 */
export function useRunFeed(run: RunState, serverNow: number, afterLog = 0): RunFeed {
  const [store] = useState(() => new FeedStore(run, serverNow, afterLog));
  useEffect(() => store.connect(), [store]);
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
}
