import { z } from "zod";
import { RunId } from "./ids.ts";

/** Names a database of Uplift, and so the installation that works on it. */
export const InstallationId = z
  .string()
  .regex(/^ins_[a-z0-9]{12}$/)
  .brand<"InstallationId">();
export type InstallationId = z.infer<typeof InstallationId>;

/** One installation of Uplift, as the locks on hosts name it. */
export const Dashboard = z.object({
  installation: InstallationId,
  /** The machine that it runs on, and the address of its pages. */
  host: z.string(),
  url: z.string(),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** Who holds a host, as the lock on it says. */
export const LockHolder = z.object({
  dashboard: Dashboard,
  /** A run of that dashboard, which need not be known here. */
  runId: RunId,
  deployment: z.string(),
  /** The person who started the leg that took the lock. */
  startedBy: z.string(),
  /** By that dashboard's clock. */
  since: z.iso.datetime(),
});
export type LockHolder = z.infer<typeof LockHolder>;

/** A lock that was found on a host. */
export const SeenLock = z.object({
  /** What is written on the host, byte for byte: to break it is to break this one and no other. */
  text: z.string(),
  /** Null when the text is none of Uplift's. */
  holder: LockHolder.nullable(),
});
export type SeenLock = z.infer<typeof SeenLock>;

/** What a lock that somebody else holds means to this installation. */
export const LockStanding = z.enum([
  /** Another dashboard's, or nobody's that is known. */
  "foreign",
  /** A run of this dashboard that is not over. */
  "own-active",
  /** A run of this dashboard that has ended: its lock could not be taken away then. */
  "own-ended",
]);
export type LockStanding = z.infer<typeof LockStanding>;

/** What breaking a lock leaves on the host for the run that held it. */
export const BrokenLock = z.object({
  by: z.string(),
  dashboard: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
});
export type BrokenLock = z.infer<typeof BrokenLock>;

/** `2026-11-24 03:52:50 UTC` */
export function lockTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** The holder for a sentence that begins "held by". */
export function holderWords({ text, holder }: SeenLock): string {
  if (!holder) return `something that Uplift cannot read: ${JSON.stringify(text.slice(0, 200))}`;
  const { runId, deployment, startedBy, dashboard, since } = holder;
  return `run ${runId} of ${deployment}, which ${startedBy} started on the dashboard ${dashboard.url} (host ${dashboard.host}), since ${lockTime(since)}`;
}
