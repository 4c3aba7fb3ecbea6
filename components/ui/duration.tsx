"use client";

import { formatStopwatch } from "#components/ui/format.ts";
import { useNow } from "#components/ui/now.ts";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";

/** A span that is over: `3 min 41 s`. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  const format = useFormat();
  return (
    <time dateTime={`PT${(ms / 1000).toFixed(3)}S`} {...(className && { className })}>
      {format.duration(ms)}
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
  const t = useTranslations("ui");
  const format = useFormat();
  const now = useNow(until == null);
  const end = until == null ? now + aheadMs : new Date(until).getTime();
  const ms = Math.max(0, Math.floor((end - new Date(since).getTime()) / 1000) * 1000);
  const text =
    look === "stopwatch" ? formatStopwatch(ms) : ms === 0 ? t("zeroSeconds") : format.duration(ms);
  return (
    // The server's second is not the browser's; the next tick settles it.
    <time dateTime={`PT${ms / 1000}S`} suppressHydrationWarning {...(className && { className })}>
      {text}
    </time>
  );
}
