"use client";

import { clockParts, formatDistance } from "#components/ui/format.ts";
import { useNow } from "#components/ui/now.ts";
import { useTimeZone } from "#components/ui/time-zone.tsx";
import { useLocale } from "#i18n";
import type { Locale } from "#lib/i18n/locales.ts";

export interface ClockProps {
  /** ISO 8601 or ms since the epoch. */
  at: string | number;
  /** `time` is `02:04:10`, `date` `2025-11-24`, `both` `2025-11-24 02:04:10`. */
  show?: "time" | "date" | "both";
  /** Says the zone, `UTC+8`; needed once per screen, not in every row. */
  zone?: boolean;
  className?: string;
}

function absolute(at: Date, zone: string, locale: Locale): string {
  const here = clockParts(at, zone);
  const date =
    locale === "en"
      ? here.date
      : at.toLocaleDateString(locale, { timeZone: zone, dateStyle: "full" });
  const universal = at.toISOString().replace("T", " ").slice(0, 19);
  return `${date} ${here.time} ${here.zone} (${zone})\n${universal} UTC`;
}

/** An instant in the viewer's time zone; in full, and in UTC, on hover. */
export function Clock({ at, show = "time", zone = false, className }: ClockProps) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const date = new Date(at);
  const parts = clockParts(date, timeZone);
  const text = { time: parts.time, date: parts.date, both: `${parts.date} ${parts.time}` }[show];
  return (
    <time
      dateTime={date.toISOString()}
      title={absolute(date, timeZone, locale)}
      className={`whitespace-nowrap ${className ?? ""}`}
    >
      {zone ? `${text} ${parts.zone}` : text}
    </time>
  );
}

/** How long ago (or until), `3 min ago`; the instant itself on hover. */
export function RelativeTime({ at, className }: { at: string | number; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={absolute(date, timeZone, locale)}
      suppressHydrationWarning
      className={`whitespace-nowrap ${className ?? ""}`}
    >
      {formatDistance(useNow() - date.getTime(), locale)}
    </time>
  );
}
