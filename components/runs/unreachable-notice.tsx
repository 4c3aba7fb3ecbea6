import { Clock } from "#components/ui/clock.tsx";
import { formatDuration } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { RunState } from "#lib/domain/run.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import { unreachableNodes } from "#lib/domain/run-view/unreachable.ts";

/** More nodes at once are counted. */
const saidAlone = 4;

export interface UnreachableNoticeProps {
  run: RunState;
  names: HostNames;
  /** The server's clock, ms since the epoch. */
  now: number;
}

/** Which nodes give no answer, since when, and why, while that lasts. */
export function UnreachableNotice({ run, names, now }: UnreachableNoticeProps) {
  const nodes = unreachableNodes(run, names);
  const [first] = nodes;
  if (!first) return null;
  const more = nodes.length - saidAlone;
  return (
    <>
      {/* Said once: the time beside it ticks. */}
      <p role="status" className="sr-only">
        {nodes.map(({ name }) => name).join(", ")} {nodes.length === 1 ? "is" : "are"} unreachable.
      </p>
      <Notice
        tone="warn"
        title={
          nodes.length > 1 ? (
            `${nodes.length} nodes are unreachable`
          ) : (
            <>
              {first.name} has been unreachable <Since at={first.since} now={now} />
            </>
          )
        }
      >
        {nodes.length === 1 ? (
          <p>{first.error.message}</p>
        ) : (
          <ul>
            {nodes.slice(0, saidAlone).map(({ nodeId, name, since, error }) => (
              <li key={nodeId}>
                <span className="font-medium text-fg">{name}</span> <Since at={since} now={now} />:{" "}
                {error.message}
              </li>
            ))}
            {more > 0 && <li>and {more} more</li>}
          </ul>
        )}
        <p>
          A job that runs there goes on. Uplift connects again by itself; steps that need the node
          wait for it up to two minutes.
        </p>
      </Notice>
    </>
  );
}

/** "since 02:14:07 (3 min 5 s)" */
function Since({ at, now }: { at: string; now: number }) {
  const ms = Math.max(1_000, Math.floor((now - Date.parse(at)) / 1_000) * 1_000);
  return (
    <span className="tabular-nums">
      since <Clock at={at} /> ({formatDuration(ms)})
    </span>
  );
}
