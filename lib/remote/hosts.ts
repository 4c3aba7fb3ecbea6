import { createHash } from "node:crypto";
import pLimit from "p-limit";
import { type LockClaim, lockDirectory } from "#lib/commands/lock-scripts/guard.ts";
import { readHostClock } from "./clock.ts";
import { dial } from "./dial.ts";
import { exec } from "./exec.ts";
import { readHostKey, unnamed } from "./host-keys.ts";
import { runJob } from "./job-run.ts";
import { cancelJob, jobState, removeJobs } from "./job-settle.ts";
import { createLink, type Link } from "./link.ts";
import { claimOnHost, remoteLock } from "./locks.ts";
import { readFrom, writeTo } from "./stream.ts";
import { leaveThrough, openTunnel } from "./tunnel.ts";
import type { HostKey, Hosts, HostTarget, RemoteHost, SshAccount } from "./types.ts";

/** Connections that are being made at the same time; more wait. Those behind a bastion count, too. */
const diallingAtOnce = 64;

export interface HostsOptions {
  /** Where jobs live on every host; an absolute path. Default `/var/lib/uplift/jobs`. */
  jobsDirectory?: string;
  /** Where every host's lock is; an absolute path. Default `/var/lib/uplift/lock`. */
  lockDirectory?: string;
  /** Time without use after which a connection is closed, in milliseconds. Default 30 s. */
  idleMs?: number;
}

/**
 * The pool of SSH connections: at most one per target id, opened on first use. Details that change
 * under an id get a new connection; the old one is closed when nothing uses it any more.
 */
export function createHosts(options: HostsOptions = {}): Hosts {
  const { jobsDirectory = "/var/lib/uplift/jobs", idleMs = 30_000 } = options;
  const directories = { jobsDirectory, lockDirectory: options.lockDirectory ?? lockDirectory };
  const dialling = pLimit(diallingAtOnce);
  const pool = new Map<string, { details: string; link: Link<SshAccount> }>();
  const links = new Set<Link<SshAccount>>();

  function pooled<T extends SshAccount>(target: T, bastion: SshAccount | null): Link<T> {
    const details = detailsOf(target);
    const known = pool.get(target.id);
    // Equal details are those of an equal target.
    if (known?.details === details) return known.link as Link<T>;
    known?.link.retire();
    const link = createLink(target, {
      idleMs,
      dialling,
      bastion: bastion && pooled(bastion, null),
    });
    pool.set(target.id, { details, link });
    links.add(link);
    return link;
  }

  return {
    connect: (target) => remoteHost(pooled(target, target.bastion), directories),
    async signIn(account) {
      (await pooled(account, null).lease("tunnel")).release();
    },
    fetchHostKey: (host, port, bastion) =>
      fetchHostKey(host, port, bastion && pooled(bastion, null)),
    async close() {
      const closing = [...links];
      links.clear();
      pool.clear();
      await Promise.all(closing.map((link) => link.close()));
    },
  };
}

/** The key of a server, whose connection is closed right after it. */
async function fetchHostKey(
  host: string,
  port: number,
  bastion: Link<SshAccount> | null,
): Promise<HostKey> {
  if (bastion === null) return readHostKey(host, port, null);
  const end = { ...unnamed, host, port };
  const lease = await leaveThrough(bastion, end);
  return readHostKey(host, port, await openTunnel(bastion.target, lease, end));
}

/** Where things are on a host. */
interface Directories {
  jobsDirectory: string;
  lockDirectory: string;
}

function remoteHost(link: Link, { jobsDirectory, lockDirectory }: Directories): RemoteHost {
  const guardOf = ({ claim }: { claim?: LockClaim | undefined }) =>
    claim ? { lockDirectory, claim: claimOnHost(claim) } : null;
  return {
    target: link.target,
    exec: (command, options) => exec(link, command, options, guardOf(options)),
    read: (command, options) => readFrom(link, command, options),
    write: (command, source, options) => writeTo(link, command, source, options),
    runJob: (job, options) => runJob(link, jobsDirectory, job, options, guardOf(job)),
    jobState: (key) => jobState(link, jobsDirectory, key),
    cancelJob: (key, claim) => cancelJob(link, jobsDirectory, key, guardOf({ claim })),
    removeJobs: (run) => removeJobs(link, { jobsDirectory, lockDirectory }, run),
    lock: remoteLock(link, lockDirectory),
    dial: (host, port) => dial(link, host, port),
    clock: () => readHostClock(link),
  };
}

/** A digest of everything that decides who is connected as whom; the secrets are only hashed. */
function detailsOf(target: SshAccount | HostTarget): string {
  const { auth, ...open } = target;
  const hidden =
    auth.method === "password"
      ? [auth.password.reveal()]
      : [auth.privateKey.reveal(), auth.passphrase?.reveal() ?? null];
  const own = [open, auth.method, hidden];
  const more =
    "bastion" in target
      ? [target.sudoPassword?.reveal() ?? null, target.bastion && detailsOf(target.bastion)]
      : [];
  return createHash("sha256")
    .update(JSON.stringify([own, more]))
    .digest("hex");
}
