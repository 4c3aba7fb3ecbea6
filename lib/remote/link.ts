import { setTimeout as sleep } from "node:timers/promises";
import { backoffDelay } from "./backoff.ts";
import { type ChannelLimit, createChannelLimit } from "./channel-limit.ts";
import { type Connection, openConnection } from "./connection.ts";
import { until } from "./deadline.ts";
import type { HostTarget } from "./types.ts";

/** sshd allows ten sessions per connection by default (MaxSessions). */
const sessionsPerHost = 8;
/** Followers of jobs stay for long; two sessions remain for short commands. */
const followersPerHost = 6;
/** Forwarded TCP connections are not sessions and have their own bound. */
const dialsPerHost = 16;
/** A connection that lived shorter than this counts as a failure for the back-off. */
const stableAfterMs = 5_000;

export type ChannelKind = "command" | "follower" | "dial";

/** The right to open one channel of a connection. */
export interface Lease {
  readonly connection: Connection;
  /** Gives the slot back; to be called once the channel is closed. Further calls do nothing. */
  release(): void;
}

/** The lazily opened, shared connection to one host. */
export interface Link {
  readonly target: HostTarget;
  /**
   * Waits for a free slot and an open connection.
   * @throws UpliftError ssh.unreachable, ssh.host_key_changed, ssh.auth_failed;
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
}

export function createLink(target: HostTarget, { idleMs }: LinkOptions): Link {
  const sessions = createChannelLimit(sessionsPerHost);
  const followers = createChannelLimit(followersPerHost);
  const dials = createChannelLimit(dialsPerHost);
  let current: Connection | null = null;
  let opening: Promise<Connection> | null = null;
  let failures = 0;
  let leases = 0;
  let retired = false;
  const attempts = new AbortController();
  let idleTimer: NodeJS.Timeout | undefined;

  async function open(): Promise<Connection> {
    const { signal } = attempts;
    await sleep(backoffDelay(failures, Math.random()), undefined, { signal });
    try {
      const connection = await openConnection(target, signal);
      current = connection;
      if (leases === 0) closeWhenIdle();
      connection.onLost(() => {
        if (current === connection) current = null;
        failures = Date.now() - connection.openedAt < stableAfterMs ? failures + 1 : 1;
      });
      return connection;
    } catch (error) {
      failures += 1;
      throw error;
    }
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
    idleTimer = setTimeout(() => current?.client.end(), retired ? 0 : idleMs);
    idleTimer.unref();
  }

  return {
    target,
    async lease(kind, signal) {
      const releases = [await limitFor(kind, { sessions, followers, dials }).acquire(signal)];
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
        if (kind === "follower") releases.push(await sessions.acquire(signal));
        return { connection: await until(connection(), signal), release: leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
    retire() {
      retired = true;
      if (leases === 0) current?.client.end();
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
  limits: Record<"sessions" | "followers" | "dials", ChannelLimit>,
): ChannelLimit {
  switch (kind) {
    case "command":
      return limits.sessions;
    case "follower":
      return limits.followers;
    case "dial":
      return limits.dials;
  }
}
