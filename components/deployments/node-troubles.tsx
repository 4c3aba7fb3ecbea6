"use client";

import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useTranslations } from "#i18n";
import { useLive } from "./live.tsx";

/** More than that say the same thing again. */
const mostTold = 5;

/** Why nodes could not be looked at, or not wholly, in words; nothing while all is well. */
export function NodeTroubles() {
  const t = useTranslations("deployments");
  const { seen } = useLive();
  const troubled = seen?.nodes.filter(({ trouble }) => trouble !== null) ?? [];
  if (troubled.length === 0) return null;
  return (
    <Notice tone="warn" role="status" title={t("notLookedWholly", { troubled: troubled.length })}>
      <ul className="grid gap-1">
        {troubled.slice(0, mostTold).map(({ nodeId, name, trouble, unreachableSince: since }) => (
          <li key={nodeId}>
            <span className="font-medium text-fg">{name}</span>
            {since && (
              <>
                {" "}
                {t.rich("unreachableSince", {
                  clock: () => <Clock at={since} />,
                  tickingduration: () => <TickingDuration since={since} />,
                })}
              </>
            )}
            : {trouble && <Said>{trouble}</Said>}
          </li>
        ))}
        {troubled.length > mostTold && (
          <li>{t("andMore", { troubled: troubled.length - mostTold })}</li>
        )}
      </ul>
    </Notice>
  );
}
