import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { cn } from "#components/ui/class-names.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { type StateName, states, toneBox } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";

export interface ActiveRunBarProps {
  /** The run's page. */
  href: string;
  /** The deployment's name. */
  deployment: string;
  state: StateName;
  /** What is happening, in the words of the run page: "Initialise metadata". */
  phase: string;
  /** The outage, once T1 is known; `until` when it is over. */
  outage?: { since: string; until?: string | null };
  /** "about 6 min left"; null when nothing tells. */
  left?: string | null;
  /** How far the server's clock is ahead of this browser's, ms. */
  aheadMs?: number;
  /** How many other runs are on. */
  others?: number;
}

/** Says on every page that a run is on, and for how long the service has been out. */
export function ActiveRunBar({
  href,
  deployment,
  state,
  phase,
  outage,
  left,
  aheadMs,
  others = 0,
}: ActiveRunBarProps) {
  const t = useTranslations("frame");
  const words = useTranslations("words");
  const { tone } = states[state];
  const word = words(`states.${state}`);
  return (
    <aside
      aria-label={t("runInProgress")}
      data-run-bar
      className={cn("flex h-(--run-bar) items-center gap-3 border-b px-4 text-sm", toneBox[tone])}
    >
      <StateGlyph state={state} />
      <p className="flex min-w-0 flex-1 items-baseline gap-x-2">
        <strong className="min-w-0 truncate font-medium text-fg">{deployment}</strong>
        <span className="shrink-0 font-medium max-sm:sr-only">{word}</span>
        <span className="min-w-0 truncate text-muted max-sm:hidden">{phase}</span>
      </p>
      {outage && (
        <p className="flex shrink-0 items-baseline gap-2">
          <span className="text-muted text-xs">{t("outage")}</span>
          <TickingDuration
            since={outage.since}
            until={outage.until ?? null}
            look="stopwatch"
            {...(aheadMs !== undefined && { aheadMs })}
            className="font-medium font-mono text-base text-fg"
          />
        </p>
      )}
      {left && <p className="shrink-0 text-fg text-xs max-md:hidden">{left}</p>}
      {others > 0 && (
        <Link
          href="/runs"
          className="shrink-0 rounded-sm text-muted text-xs hover:text-fg max-sm:hidden"
        >
          {t("andMore", { others })}
        </Link>
      )}
      <Link
        href={href}
        className="-mr-1.5 flex h-7 shrink-0 items-center gap-0.5 rounded-md pr-1 pl-2 font-medium text-fg hover:bg-active"
      >
        {t("open")}
        <ChevronRight className="size-4 text-muted" aria-hidden="true" />
      </Link>
    </aside>
  );
}
