import { Clock } from "#components/ui/clock.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { NodeId } from "#lib/domain/ids.ts";
import type { Absence, RunState } from "#lib/domain/run.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";

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
  const t = useTranslations("runs");
  const nodes = unreachableNodes(run, names);
  const [first] = nodes;
  if (!first) return null;
  const more = nodes.length - saidAlone;
  return (
    <>
      {/* Said once: the time beside it ticks. */}
      <p role="status" className="sr-only">
        {t("isUnreachable", {
          names: nodes.map(({ name }) => name).join(", "),
          count: nodes.length,
        })}
      </p>
      <Notice
        tone="warn"
        title={
          nodes.length > 1
            ? t("nodesAreUnreachable", { nodes: nodes.length })
            : t.rich("hasBeenUnreachable", {
                name: first.name,
                since: () => <Since at={first.since} now={now} />,
              })
        }
      >
        {nodes.length === 1 ? (
          <p>
            <Said>{first.error.message}</Said>
          </p>
        ) : (
          <ul>
            {nodes.slice(0, saidAlone).map(({ nodeId, name, since, error }) => (
              <li key={nodeId}>
                <span className="font-medium text-fg">{name}</span> <Since at={since} now={now} />:{" "}
                <Said>{error.message}</Said>
              </li>
            ))}
            {more > 0 && <li>{t("andMore", { more })}</li>}
          </ul>
        )}
        <p>
          {t("jobGoesOn")} <HelpLink to="operations#when-a-host-gives-no-answer" />
        </p>
      </Notice>
    </>
  );
}

interface UnreachableNode extends Absence {
  nodeId: NodeId;
  name: string;
}

/** The nodes that give no answer now, the longest missed one first. Pure. */
function unreachableNodes(run: RunState, names: HostNames): UnreachableNode[] {
  return Object.entries(run.unreachable)
    .map(([id, absence]) => {
      const nodeId = id as NodeId;
      return { nodeId, name: names.get(nodeId) ?? id, ...absence };
    })
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || a.name.localeCompare(b.name));
}

/** "since 02:14:07 (3 min 5 s)" */
function Since({ at, now }: { at: string; now: number }) {
  const format = useFormat();
  const t = useTranslations("runs");
  const ms = Math.max(1_000, Math.floor((now - Date.parse(at)) / 1_000) * 1_000);
  return (
    <span className="tabular-nums">
      {t.rich("since", { clock: () => <Clock at={at} />, duration: format.duration(ms) })}
    </span>
  );
}
