import { Duration, TickingDuration } from "#components/ui/duration.tsx";
import { useTranslations } from "#i18n";
import { hasEnded } from "#lib/domain/run.ts";
import type { RunRow } from "#lib/services/views.ts";

const between = (from: string, to: string) => Date.parse(to) - Date.parse(from);

function Dash() {
  return <span className="text-faint">—</span>;
}

/**
 * How long OMS was out: T1 to T2. An upgrade that never reached T2 was out until its rollback was
 * complete; a rollback of a finished one is a second outage, from T3.
 */
export function OutageSpan({ run }: { run: RunRow }) {
  const t = useTranslations("history");
  const { t1, t2, t3, endedAt } = run;
  if (!t1) return <Dash />;
  if (!t2) {
    if (hasEnded(run.status) && endedAt) return <Duration ms={between(t1, endedAt)} />;
    return <TickingDuration since={t1} className="text-warn" />;
  }
  return (
    <span className="inline-grid justify-items-end">
      <Duration ms={between(t1, t2)} />
      {t3 && (
        <span className="text-muted text-xs">
          {t.rich("rollbackSpan", {
            span: () =>
              endedAt ? <Duration ms={between(t3, endedAt)} /> : <TickingDuration since={t3} />,
          })}
        </span>
      )}
    </span>
  );
}

/** From the start to the end, or until now. */
export function RunSpan({ run }: { run: RunRow }) {
  if (run.endedAt) return <Duration ms={between(run.createdAt, run.endedAt)} />;
  return hasEnded(run.status) ? <Dash /> : <TickingDuration since={run.createdAt} />;
}
