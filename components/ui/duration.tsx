"use client";

import { formatDuration, formatStopwatch } from "#components/ui/format.ts";
import { useNow } from "#components/ui/now.ts";

/** A span that is over: `3 min 41 s`. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  return (
    <time dateTime={`PT${(ms / 1000).toFixed(3)}S`} {...(className && { className })}>
      {formatDuration(ms)}
    </time>
  );
}

export interface TickingDurationProps {
  /** When it began: ISO 8601 or ms since the epoch. */
  since: string | number;
  /** When it ended; until then it ticks. */
  until?: string | number | null;
  /** `words` is `3 min 41 s`; `stopwatch` is `03:41`. */
  look?: "words" | "stopwatch";
  /** How far the server's clock is ahead of this browser's, ms. */
  aheadMs?: number;
  className?: string;
}

/** A span that grows every second until it ends. */
export function TickingDuration({
  since,
  until,
  look = "words",
  aheadMs = 0,
  className,
}: TickingDurationProps) {
  const now = useNow(until == null);
  const end = until == null ? now + aheadMs : new Date(until).getTime();
  const ms = Math.max(0, Math.floor((end - new Date(since).getTime()) / 1000) * 1000);
  const text = look === "stopwatch" ? formatStopwatch(ms) : ms === 0 ? "0 s" : formatDuration(ms);
  return (
    // The server's second is not the browser's; the next tick settles it.
    <time dateTime={`PT${ms / 1000}S`} suppressHydrationWarning {...(className && { className })}>
      {text}
    </time>
  );
}
