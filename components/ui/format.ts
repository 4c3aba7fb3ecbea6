import type { Locale } from "#lib/i18n/locales.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

interface UnitWords {
  units: readonly [size: number, name: string][];
  millisecond: string;
  /** What a distance calls a minute. */
  minute: string;
  now: string;
  ago: (span: string) => string;
  ahead: (span: string) => string;
}

const words: Record<Locale, UnitWords> = {
  en: {
    units: [
      [day, "d"],
      [hour, "h"],
      [minute, "min"],
      [second, "s"],
    ],
    millisecond: "ms",
    minute: "min",
    now: "now",
    ago: (span) => `${span} ago`,
    ahead: (span) => `in ${span}`,
  },
  "zh-CN": {
    units: [
      [day, "天"],
      [hour, "小时"],
      [minute, "分"],
      [second, "秒"],
    ],
    millisecond: "毫秒",
    minute: "分钟",
    now: "刚刚",
    ago: (span) => `${span}前`,
    ahead: (span) => `${span}后`,
  },
};

/**
 * `850 ms`, `41 s`, `3 min 41 s`, `1 h 4 min`, `2 d 3 h`: two units at most, rounded down. In Chinese
 * `3 分 41 秒`.
 */
export function formatDuration(ms: number, locale: Locale): string {
  const span = Math.max(0, ms);
  const { units, millisecond } = words[locale];
  if (span < second) return `${Math.round(span)} ${millisecond}`;
  const first = units.findIndex(([size]) => span >= size);
  let rest = span;
  const parts = units.slice(first, first + 2).map(([size, name]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${name}` : "";
  });
  return parts.filter(Boolean).join(" ");
}

/** `03:41`, `1:03:41`: for a clock that ticks, where nothing may jump. */
export function formatStopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / second));
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${clock}` : clock;
}

/** `12 s ago`, `3 min ago`, `5 h ago`, `in 2 min`; `now` within five seconds. In Chinese `3 分钟前`. */
export function formatDistance(ms: number, locale: Locale): string {
  const span = Math.abs(ms);
  const { units, minute: minutes, now, ago, ahead } = words[locale];
  const [size, name] = units.find(([each]) => span >= each) ?? [second, ""];
  if (span < 5 * second) return now;
  const text = `${Math.floor(span / size)} ${size === minute ? minutes : name}`;
  return ms < 0 ? ahead(text) : ago(text);
}

/** `0.4 MiB`, `39 MiB`, `1,204 MiB`; `0 MiB` for nothing, `< 0.1 MiB` for next to nothing. */
export function formatMib(bytes: number, locale: Locale): string {
  const mib = bytes / 1024 / 1024;
  if (bytes > 0 && mib < 0.1) return "< 0.1 MiB";
  const digits = mib > 0 && mib < 10 ? 1 : 0;
  return `${mib.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} MiB`;
}

/** The parts of an instant in a time zone: `2025-11-24`, `02:04:10`, `UTC+8`. */
export function clockParts(at: Date, zone: string): { date: string; time: string; zone: string } {
  const parts = clockFormat(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}:${part("second")}`,
    zone: part("timeZoneName")
      .replace("GMT", "UTC")
      .replace(/^UTC[+-]0$/, "UTC"),
  };
}

/** Making one takes as long as drawing a line of the log, and a log has a clock in every line. */
const clockFormats = new Map<string, Intl.DateTimeFormat>();

function clockFormat(zone: string): Intl.DateTimeFormat {
  const known = clockFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "shortOffset",
  });
  clockFormats.set(zone, made);
  return made;
}

/** The zone if this JavaScript engine knows it, else UTC: a cookie can hold anything. */
export function validTimeZone(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
