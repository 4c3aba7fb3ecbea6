"use client";

import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useLive } from "./live.tsx";

/** More than that say the same thing again. */
const said = 5;

/** Why nodes could not be looked at, or not wholly, in words; nothing while all is well. */
export function NodeTroubles() {
  const { seen } = useLive();
  const troubled = seen?.nodes.filter(({ trouble }) => trouble !== null) ?? [];
  if (troubled.length === 0) return null;
  return (
    <Notice
      tone="warn"
      role="status"
      title={
        troubled.length === 1
          ? "One node could not be looked at wholly"
          : `${troubled.length} nodes could not be looked at wholly`
      }
    >
      <ul className="grid gap-1">
        {troubled.slice(0, said).map(({ nodeId, name, trouble, unreachableSince: since }) => (
          <li key={nodeId}>
            <span className="font-medium text-fg">{name}</span>
            {since && (
              <>
                {" "}
                Unreachable since <Clock at={since} /> (<TickingDuration since={since} />)
              </>
            )}
            : {trouble}
          </li>
        ))}
        {troubled.length > said && <li>and {troubled.length - said} more</li>}
      </ul>
    </Notice>
  );
}
