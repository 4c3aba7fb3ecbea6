"use client";

import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useTranslations } from "#i18n";
import { useLive } from "./live.tsx";

export interface NodeTroublesProps {
  /** So many nodes at most; of the others their number. */
  most: number;
  /** Where there is little room: three lines of each node at most, and not since when. */
  brief?: boolean;
}

/** Why nodes could not be looked at, or not wholly, in words; nothing while all is well. */
export function NodeTroubles({ most, brief = false }: NodeTroublesProps) {
  const t = useTranslations("deployments");
  const { seen } = useLive();
  const troubled = seen?.nodes.filter(({ trouble }) => trouble !== null) ?? [];
  if (troubled.length === 0) return null;
  return (
    <Notice tone="warn" role="status" title={t("notLookedWholly", { troubled: troubled.length })}>
      <ul className="grid gap-1">
        {troubled.slice(0, most).map(({ nodeId, name, trouble, unreachableSince: since }) => (
          <li key={nodeId} className={brief ? "line-clamp-3" : undefined}>
            <span className="font-medium text-fg">{name}</span>
            {since && !brief && (
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
        {troubled.length > most && <li>{t("andMore", { troubled: troubled.length - most })}</li>}
      </ul>
    </Notice>
  );
}
