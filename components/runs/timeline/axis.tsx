import type { Ref } from "react";
import { cn } from "#components/ui/class-names.ts";
import { formatStopwatch } from "#components/ui/format.ts";
import { useTranslations } from "#i18n";
import { ticksOf } from "#lib/domain/run-view/timeline.ts";

/** A moment that the axis marks: T1, T2, ... */
export interface Moment {
  name: string;
  /** ms since the epoch */
  at: number;
}

/** Marks on an axis as wide as the box. */
const ticksInSight = 6;

/**
 * The time since the leg began.
 * @param length of the axis, ms
 * @param factor how many times the box's width it is wide
 */
export function Axis({
  ref,
  length,
  factor,
  live,
}: {
  ref: Ref<HTMLDivElement>;
  length: number;
  factor: number;
  live: boolean;
}) {
  const t = useTranslations("runs");
  const share = (ms: number) => (ms / length) * 100;
  const last = 100 - 4 / factor;
  return (
    <div ref={ref} className="relative h-5" aria-hidden="true">
      {ticksOf(length, ticksInSight * factor)
        .filter((tick) => share(tick) < (live ? 100 - 9 / factor : last))
        .map((tick, index) => (
          <span
            key={tick}
            className={cn(
              "absolute top-0 font-mono text-2xs text-faint",
              tick > 0 && "-translate-x-1/2",
              // On a phone every second mark would stand on the one before it.
              index % 2 === 1 && "max-sm:hidden",
            )}
            style={{ left: `${share(tick)}%` }}
          >
            {formatStopwatch(tick)}
          </span>
        ))}
      {live && (
        <span className="absolute top-0 right-0 font-medium text-2xs text-accent-text">
          {t("nowLine")}
        </span>
      )}
    </div>
  );
}

/** The names of the moments, below their lines. @param from when the axis begins, ms since the epoch */
export function MomentNames({
  moments,
  from,
  length,
}: {
  moments: readonly Moment[];
  from: number;
  length: number;
}) {
  const share = (at: number) => ((at - from) / length) * 100;
  return (
    <div className="relative h-5" aria-hidden="true">
      {moments.map(({ name, at }) => (
        <span
          key={name}
          className={cn(
            "absolute top-0 whitespace-nowrap font-medium text-2xs text-muted",
            share(at) > 92 ? "-translate-x-full" : "-translate-x-1/2",
          )}
          style={{ left: `${Math.max(2, share(at))}%` }}
        >
          {name}
        </span>
      ))}
    </div>
  );
}
