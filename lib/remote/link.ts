import { setTimeout as sleep } from "node:timers/promises";
import pLimit, { type LimitFunction } from "p-limit";
import { backoffDelay } from "./backoff.ts";
import { type Connection, openConnection } from "./connection.ts";
import { takeSlot } from "./slots.ts";
import { leaveThrough, openTunnel } from "./tunnel.ts";
import type { HostTarget, SshAccount } from "./types.ts";
import { until } from "./until.ts";

/** sshd allows ten sessions per connection by default (MaxSessions). */
const sessionsPerHost = 8;
/** Followers of jobs stay for long; two sessions remain for short commands. */
const followersPerHost = 6;
/** Forwarded TCP connections are not sessions and have their own bound. */
const dialsPerHost = 16;
/** Connections to hosts behind a bastion, each one channel of the connection to it. */
const tunnelsPerBastion = 512;
/** A connection that lived shorter than this counts as a failure for the back-off. */
const stableAfterMs = 5_000;

export type ChannelKind = "command" | "follower" | "dial" | "tunnel";

/** The right to open one channel of a connection. */
export interface Lease {
  readonly connection: Connection;
  /** Gives the slot back; to be called once the channel is closed. Further calls do nothing. */
  release(): void;
}

/** The lazily opened, shared connection to one host. */
export interface Link<T extends SshAccount = HostTarget> {
  readonly target: T;
  /**
   * Waits for a free slot and an open connection.
   * @throws UpliftError ssh.unreachable, ssh.host_key_changed, ssh.auth_failed, bastion.*;
   * the signal's reason when it is aborted first
   */
  lease(kind: ChannelKind, signal?: AbortSignal): Promise<Lease>;
  /** Closes the connection as soon as nothing uses it; a later use opens a new one. */
  retire(): void;
  /** Closes the connection for good and resolves when it is gone. */
  close(): Promise<void>;
}

export interface LinkOptions {
  /** Time without an open channel after which the connection is closed, in milliseconds. */
  idleMs: number;
  /** Bounds the connections that are being made at the same time, over all links. */
  dialling: LimitFunction;
  /** Leads to the host; null: it is reached directly. */
  bastion: Link<SshAccount> | null;
}

export function createLink<T extends SshAccount>(
  target: T,
  { idleMs, dialling, bastion }: LinkOptions,
): Link<T> {
  const limits = {
    sessions: pLimit(sessionsPerHost),
    followers: pLimit(followersPerHost),
    dials: pLimit(dialsPerHost),
    tunnels: pLimit(tunnelsPerBastion),
  };
  let current: Connection | null = null;
  let opening: Promise<Connection> | null = null;
  let failures = 0;
  let lastFailure = 0;
  let leases = 0;
  let retired = false;
  const attempts = new AbortController();
  let idleTimer: NodeJS.Timeout | undefined;

  function failed(count: number): void {
    failures = count;
    lastFailure = Date.now();
  }

  async function open(): Promise<Connection> {
    const { signal } = attempts;
    // A failure of long ago is no reason to wait.
    const waited = Date.now() - lastFailure;
    await sleep(Math.max(0, backoffDelay(failures, Math.random()) - waited), undefined, { signal });
    // Before the slot: the bastion's own connection may need one, and its failures are not this host's.
    const way = bastion && (await leaveThrough(bastion, target, signal));
    let release: () => void;
    try {
      release = await takeSlot(dialling, signal);
    } catch (error) {
      way?.release();
      throw error;
    }
    try {
      const tunnel = way && bastion && (await openTunnel(bastion.target, way, target, signal));
      return took(await openConnection(target, signal, tunnel));
    } catch (error) {
      failed(failures + 1);
      throw error;
    } finally {
      release();
    }
  }

  function took(connection: Connection): Connection {
    current = connection;
    if (leases === 0) closeWhenIdle();
    connection.onLost(() => {
      const wanted = current === connection;
      if (wanted) current = null;
      // One that was closed here, since nobody used it, says nothing about the host.
      if (wanted) failed(Date.now() - connection.openedAt < stableAfterMs ? failures + 1 : 1);
      else failures = 0;
    });
    return connection;
  }

  /** Closes the connection that nothing uses; the next use opens another. */
  function hangUp(): void {
    const closing = current;
    current = null;
    closing?.client.end();
  }

  function connection(): Promise<Connection> {
    if (current !== null && !current.lost) return Promise.resolve(current);
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  }

  function used(): void {
    leases += 1;
    clearTimeout(idleTimer);
  }

  function unused(): void {
    leases -= 1;
    if (leases === 0) closeWhenIdle();
  }

  function closeWhenIdle(): void {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(hangUp, retired ? 0 : idleMs);
    idleTimer.unref();
  }

  return {
    target,
    async lease(kind, signal) {
      const releases = [await takeSlot(limitFor(kind, limits), signal)];
      const release = () => {
        for (const give of releases.splice(0)) give();
      };
      used();
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        release();
        unused();
      };
      try {
        if (kind === "follower") releases.push(await takeSlot(limits.sessions, signal));
        return { connection: await until(connection(), signal), release: leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
    retire() {
      retired = true;
      if (leases === 0) hangUp();
    },
    async close() {
      clearTimeout(idleTimer);
      attempts.abort();
      const closing = current;
      if (closing === null || closing.lost) return;
      const gone = new Promise<void>((resolve) => closing.onLost(resolve));
      closing.client.end();
      const patience = setTimeout(() => closing.client.destroy(), 1_000);
      await gone;
      clearTimeout(patience);
    },
  };
}

function limitFor(
  kind: ChannelKind,
  limits: Record<"sessions" | "followers" | "dials" | "tunnels", LimitFunction>,
): LimitFunction {
  switch (kind) {
    case "command":
      return limits.sessions;
    case "follower":
      return limits.followers;
    case "dial":
      return limits.dials;
    case "tunnel":
      return limits.tunnels;
  }
}
