import { cn } from "#components/ui/class-names.ts";
import { Duration, TickingDuration } from "#components/ui/duration.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneText } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { hopSections } from "#lib/domain/run-view/hop-sections.ts";
import { type PhaseRow, phasesOf } from "#lib/domain/run-view/phases.ts";

export interface PhaseListProps {
  plan: Plan;
  run: RunState;
  aheadMs: number;
  /** On a wall they stand in a row. */
  size?: "page" | "wall";
}

/** The stages of a leg with how far each is and how long it took. */
export function PhaseList({ plan, run, aheadMs, size = "page" }: PhaseListProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  return (
    <section aria-label={t("phases")} className="rounded-lg border bg-raised p-2">
      <h2 className="px-2 pt-1 pb-1.5 font-medium text-muted text-xs">{t("phases")}</h2>
      {hopSections(plan, phasesOf(plan, run)).map(({ title, rows }) => (
        <div key={title ?? ""}>
          {title && <h3 className="px-2 pt-2 pb-1 text-faint text-xs">{said(title)}</h3>}
          <ol
            className={size === "wall" ? "flex flex-wrap gap-1" : "grid gap-px"}
            {...(title && { "aria-label": said(title) })}
          >
            {rows.map((row) => (
              <PhaseItem key={row.phase} row={row} aheadMs={aheadMs} />
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function PhaseItem({ row, aheadMs }: { row: PhaseRow; aheadMs: number }) {
  const words = useTranslations("words");
  const { phase, status, done, all, from, to } = row;
  const begun = status !== "pending" || done > 0;
  const waits = status === "pending" || status === "waiting";
  const counted = all > 1 && done < all && begun ? `${done}/${all}` : null;
  return (
    <li
      {...(status === "running" && { "aria-current": "step" as const })}
      className={cn(
        "grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 rounded-md px-2 py-1.5 text-sm",
        status === "running" && "bg-run-tint",
        status === "failed" && "bg-fail-tint",
        status === "uncertain" && "bg-warn-tint",
        status === "waiting" && "bg-wait-tint",
      )}
    >
      <StateGlyph state={status} className={cn("size-4", toneText[states[status].tone])} />
      <span className={cn("truncate", begun ? "font-medium" : "text-muted")}>
        {words(`phases.${phase}`)}
        <span className="sr-only">, {words(`states.${status}`)}</span>
      </span>
      <span className="text-muted text-xs">
        {counted}
        {counted && from && !waits && " · "}
        {from && to && <Duration ms={Date.parse(to) - Date.parse(from)} />}
        {from && !to && !waits && <TickingDuration since={from} aheadMs={aheadMs} />}
      </span>
    </li>
  );
}
