import { UpliftError } from "#lib/domain/errors.ts";
import { holderWords, lockTime } from "#lib/domain/lock.ts";
import { place } from "./connect-errors.ts";
import { parseLockAnswer } from "./lock-text.ts";
import type { HostTarget, LockAnswer } from "./types.ts";

/**
 * Why a host let nothing be done: its lock is not the run's.
 *
 * @param doing what was refused, as the middle of a sentence: "`docker stop oms_330` ran"
 */
export function lockRefused(
  target: HostTarget,
  doing: string,
  answer: Exclude<LockAnswer, { state: "held" }>,
): UpliftError {
  const { name: host } = target;
  switch (answer.state) {
    case "taken":
      return new UpliftError(
        "lock.held",
        `${host} is locked. It is held by ${holderWords(answer.lock)}.`,
        {
          host,
          remedy:
            "Nothing was changed here. Wait until that run has ended, or ask who started it, then retry. If that dashboard is gone for good, break the lock with a reason.",
        },
      );
    case "free":
      return new UpliftError(
        "lock.lost",
        `${host} is no longer locked by this run, so ${doing} was refused there: ${brokenWords(answer)}`,
        {
          host,
          remedy:
            "Make sure that nobody else works on this host; then retry, which takes the lock again, or roll back.",
        },
      );
    case "overtaken":
      return new UpliftError(
        "run.generation_lost",
        `${place(target)} refused that ${doing}: generation ${answer.generation} of this run was taken up by another process.`,
        {
          host,
          remedy:
            "Where another Uplift server works on the run, nothing is to be done: it goes on there. If this server's database is an older copy, break the lock with a reason, then retry.",
        },
      );
  }
}

function brokenWords({ broken }: Extract<LockAnswer, { state: "free" }>): string {
  if (!broken) return "the lock is gone, and nobody has left word.";
  const { by, dashboard, at, reason } = broken;
  return `${by} broke the lock at ${lockTime(at)} from the dashboard ${dashboard}: ${reason}`;
}

/** The error for the words with which a guard refused. */
export function refusedByGuard(target: HostTarget, doing: string, said: string): UpliftError {
  const answer = parseLockAnswer(said.trim());
  if (answer && answer.state !== "held") return lockRefused(target, doing, answer);
  return lockUnreadable(target, said);
}

export function lockUnreadable(target: HostTarget, said: string): UpliftError {
  return new UpliftError(
    "command.output_unreadable",
    `${place(target)} gave no readable answer about its lock: ${JSON.stringify(said.slice(0, 200))}.`,
    {
      host: target.name,
      retryable: true,
      remedy: "Check that sh and coreutils are usable on the host.",
    },
  );
}
