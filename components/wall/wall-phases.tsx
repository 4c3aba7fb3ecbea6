import { cn } from "#components/ui/class-names.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneBox } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { phasesOf } from "#lib/domain/run-view/phases.ts";

/** The stages of the leg in a row: what is over, what is on, what is still to come. */
export function WallPhases({ plan, run }: { plan: Plan; run: RunState }) {
  const words = useTranslations("words");
  const t = useTranslations("wall");
  return (
    <ol aria-label={t("phases")} className="flex flex-wrap gap-2 lg:gap-3">
      {phasesOf(plan, run).map(({ phase, status, done, all }) => {
        const open = status === "running" || status === "failed" || status === "uncertain";
        return (
          <li
            key={phase}
            {...(status === "running" && { "aria-current": "step" as const })}
            className={cn(
              "flex items-center gap-2 rounded-md border px-3 py-1.5 text-base lg:text-xl",
              status === "pending" ? "text-muted" : toneBox[states[status].tone],
              open && "font-semibold",
            )}
          >
            <StateGlyph state={status} className="size-5" />
            {words(`phases.${phase}`)}
            <span className="sr-only">, {words(`states.${status}`)}</span>
            {open && all > 1 && (
              <span className="font-normal tabular-nums">
                {done}/{all}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
