import type { Command } from "#lib/commands/command.ts";
import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import { breakLock, releaseLock } from "#lib/commands/lock-scripts/remove.ts";
import { lockProtocolMarker, lookAtLock, takeLock } from "#lib/commands/lock-scripts/take.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { place } from "./connect-errors.ts";
import { exec } from "./exec.ts";
import { pathComponent } from "./job-names.ts";
import type { Link } from "./link.ts";
import { lockUnreadable } from "./lock-errors.ts";
import { brokenText, lockText, parseLockAnswer } from "./lock-text.ts";
import type { LockAnswer, LockOptions, RemoteLock } from "./types.ts";

/** The lock in a directory of a host; see RemoteLock. */
export function remoteLock(link: Link, directory: string): RemoteLock {
  const ask = (command: Command, options: LockOptions) => askLock(link, command, options);
  return {
    take(claim, holder, options) {
      const text = holder && lockText(holder);
      return ask(takeLock({ lockDirectory: directory, claim: claimOnHost(claim) }, text), options);
    },
    async look(options) {
      const answer = await ask(lookAtLock(directory), options);
      return answer.state === "taken" ? answer.lock : null;
    },
    release: ({ run, ...claim }, options) =>
      ask(releaseLock(directory, { ...claim, run: pathComponent(run) }), options),
    break: ({ text }, note, options) =>
      ask(breakLock(directory, text, note && brokenText(note)), options),
  };
}

/** The claim with its run as the host's files call it. */
export function claimOnHost(claim: LockClaim): LockClaim {
  return { ...claim, run: pathComponent(claim.run) };
}

/** Every answer stays true when it is asked for twice, so a dead connection is replaced once. */
async function askLock(link: Link, command: Command, options: LockOptions): Promise<LockAnswer> {
  const once = () => exec(link, command, options);
  const result = await once().catch((error: unknown) => {
    if (error instanceof UpliftError && error.code === "ssh.connection_lost") return once();
    throw error;
  });
  const { target } = link;
  const [, said = ""] = result.stdout.split(`${lockProtocolMarker}\n`);
  const words = said.replace(/\n$/, "");
  if (words.startsWith("fault ")) throw lockImpossible(link, words.slice(6));
  const answer = parseLockAnswer(words);
  if (!answer) throw lockUnreadable(target, result.stderr || result.stdout);
  return answer;
}

function lockImpossible({ target }: Link, reason: string): UpliftError {
  return new UpliftError("command.failed", `${place(target)} cannot be locked: ${reason}.`, {
    host: target.name,
    remedy:
      "Check on the host that /var/lib/uplift can be written by root (free inodes, read-only file system).",
  });
}
