import { z } from "zod";
import { RunId } from "#lib/domain/ids.ts";
import { BrokenLock, LockHolder, type SeenLock } from "#lib/domain/lock.ts";
import type { LockAnswer } from "./types.ts";

/** XFS allows 1,023 bytes in a symbolic link; names are cut so that the whole stays below. */
const longestName = 100;
const longestReason = 300;

/** What the JSON part of a lock says; installation and run stand before it. */
const Details = z.object({
  since: z.iso.datetime(),
  deployment: z.string(),
  by: z.string(),
  host: z.string(),
  url: z.string(),
});

/** The target of the link that is the lock: `INSTALLATION RUN JSON`, to be read by people as well. */
export function lockText({ dashboard, runId, deployment, startedBy, since }: LockHolder): string {
  const details = {
    since,
    deployment: cut(deployment, longestName),
    by: cut(startedBy, longestName),
    host: cut(dashboard.host, longestName),
    url: cut(dashboard.url, longestName),
  };
  return `${dashboard.installation} ${runId} ${JSON.stringify(details)}`;
}

/** Who holds the lock that says this; `holder` is null for a text that `lockText` did not make. */
export function readLockText(text: string): SeenLock {
  const [, installation, runId, json] = /^(\S+) (\S+) (.*)$/s.exec(text) ?? [];
  const details = Details.safeParse(parseJson(json));
  const run = RunId.safeParse(runId);
  if (!installation || !run.success || !details.success) return { text, holder: null };
  const { since, deployment, by, host, url } = details.data;
  const holder = LockHolder.safeParse({
    dashboard: { installation, host, url },
    ...{ runId: run.data, deployment, startedBy: by, since },
  });
  return { text, holder: holder.success ? holder.data : null };
}

/** The note that a broken lock leaves. */
export function brokenText({ by, dashboard, at, reason }: BrokenLock): string {
  return JSON.stringify({
    at,
    by: cut(by, longestName),
    dashboard: cut(dashboard, longestName),
    reason: cut(reason, longestReason),
  });
}

/** The answer out of a script's words (lib/commands/lock-scripts); null when it is none. */
export function parseLockAnswer(said: string): LockAnswer | null {
  const space = said.indexOf(" ");
  const word = space < 0 ? said : said.slice(0, space);
  const rest = space < 0 ? "" : said.slice(space + 1);
  switch (word) {
    case "held":
      return { state: "held" };
    case "free":
    case "broken":
      return { state: "free", broken: null };
    case "none": {
      const broken = BrokenLock.safeParse(parseJson(rest));
      return { state: "free", broken: broken.success ? broken.data : null };
    }
    case "taken":
      return { state: "taken", lock: readLockText(rest) };
    case "overtaken":
      return /^\d+$/.test(rest) ? { state: "overtaken", generation: Number(rest) } : null;
    default:
      return null;
  }
}

/** At most so many bytes of UTF-8, whole characters. */
function cut(text: string, bytes: number): string {
  let short = "";
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) return short;
    short += character;
  }
  return short;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
