import { createHash } from "node:crypto";
import { readHostClock } from "./clock.ts";
import { dial } from "./dial.ts";
import { exec } from "./exec.ts";
import { fetchHostKey } from "./host-keys.ts";
import { runJob } from "./job-run.ts";
import { cancelJob, jobState, removeJobs } from "./job-settle.ts";
import { createLink, type Link } from "./link.ts";
import type { Hosts, HostTarget, RemoteHost } from "./types.ts";

export interface HostsOptions {
  /** Where jobs live on every host; an absolute path. Default `/var/lib/uplift/jobs`. */
  jobsDirectory?: string;
  /** Time without use after which a connection is closed, in milliseconds. Default 30 s. */
  idleMs?: number;
}

/**
 * The pool of SSH connections: at most one per target id, opened on first use. Details that change
 * under an id get a new connection; the old one is closed when nothing uses it any more.
 */
export function createHosts(options: HostsOptions = {}): Hosts {
  const { jobsDirectory = "/var/lib/uplift/jobs", idleMs = 30_000 } = options;
  const pool = new Map<string, { details: string; link: Link }>();
  const links = new Set<Link>();

  function linkTo(target: HostTarget): Link {
    const details = detailsOf(target);
    const pooled = pool.get(target.id);
    if (pooled?.details === details) return pooled.link;
    pooled?.link.retire();
    const link = createLink(target, { idleMs });
    pool.set(target.id, { details, link });
    links.add(link);
    return link;
  }

  return {
    connect: (target) => remoteHost(linkTo(target), jobsDirectory),
    fetchHostKey: (host, port) => fetchHostKey(host, port),
    async close() {
      const closing = [...links];
      links.clear();
      pool.clear();
      await Promise.all(closing.map((link) => link.close()));
    },
  };
}

function remoteHost(link: Link, jobsDirectory: string): RemoteHost {
  return {
    target: link.target,
    exec: (command, options) => exec(link, command, options),
    runJob: (job, options) => runJob(link, jobsDirectory, job, options),
    jobState: (key) => jobState(link, jobsDirectory, key),
    cancelJob: (key) => cancelJob(link, jobsDirectory, key),
    removeJobs: (run) => removeJobs(link, jobsDirectory, run),
    dial: (host, port) => dial(link, host, port),
    clock: () => readHostClock(link),
  };
}

/** A digest of everything that decides who is connected as whom; the secrets are only hashed. */
function detailsOf({ auth, sudoPassword, ...open }: HostTarget): string {
  const hidden =
    auth.method === "password"
      ? [auth.password.reveal()]
      : [auth.privateKey.reveal(), auth.passphrase?.reveal() ?? null];
  const everything = [open, auth.method, hidden, sudoPassword?.reveal() ?? null];
  return createHash("sha256").update(JSON.stringify(everything)).digest("hex");
}
