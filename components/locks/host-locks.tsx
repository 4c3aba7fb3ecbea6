"use client";

import { RefreshCw } from "lucide-react";
import { ReasonDialog } from "#components/runs/reason-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { breakSeenLocks } from "#lib/actions/locks.ts";
import type { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import type { HostLock } from "#lib/services/views.ts";
import { groupLocks, type HeldNodes } from "./group-locks.ts";
import { useLocks } from "./use-locks.ts";

export interface HostLocksProps {
  deploymentId: DeploymentId;
  nodeIds: readonly NodeId[];
  /** Whether this person may break a lock. */
  mayBreak: boolean;
  /** What to do once nobody holds the nodes any more: "Retry the step." */
  then: string;
}

/** Who holds these nodes now and since when, and the way to take the lock from a run that is gone. */
export function HostLocks({ deploymentId, nodeIds, mayBreak, then }: HostLocksProps) {
  const { answer, looking, look } = useLocks(deploymentId, nodeIds);
  return (
    <section
      aria-label="Locks"
      className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border border-line bg-raised px-3 py-2.5 text-fg text-sm"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="font-medium">Locks on the hosts now</h3>
        <Button variant="ghost" disabled={looking} onClick={look}>
          <RefreshCw aria-hidden="true" />
          Look again
        </Button>
      </div>
      {answer === null ? (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> Asking the hosts.
        </p>
      ) : answer.ok ? (
        <Seen {...{ deploymentId, mayBreak, then, locks: answer.value, onBroken: look }} />
      ) : (
        <p className="[overflow-wrap:anywhere]">
          {answer.error.message} <span className="text-muted">{answer.error.remedy}</span>
        </p>
      )}
    </section>
  );
}

interface SeenProps {
  deploymentId: DeploymentId;
  mayBreak: boolean;
  then: string;
  locks: readonly HostLock[];
  onBroken: () => void;
}

function Seen({ deploymentId, mayBreak, then, locks, onBroken }: SeenProps) {
  const held = groupLocks(locks);
  const silent = locks.filter(({ trouble }) => trouble !== null);
  return (
    <>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {held.map((group) => (
          <li key={group.key} className="grid gap-1.5 [overflow-wrap:anywhere]">
            <Holder group={group} />
            {mayBreak && (
              <div>
                <BreakDialog {...{ deploymentId, group, onBroken }} />
              </div>
            )}
          </li>
        ))}
        {silent.map(({ nodeId, trouble }) => (
          <li key={nodeId} className="text-muted [overflow-wrap:anywhere]">
            {trouble}
          </li>
        ))}
      </ul>
      {held.length === 0 && silent.length === 0 && (
        <p role="status">
          No run holds {locks.map(({ name }) => name).join(", ")}. {then}
        </p>
      )}
    </>
  );
}

function Holder({ group: { first, nodes } }: { group: HeldNodes }) {
  const names = nodes.map(({ name }) => name).join(", ");
  const { holder } = first;
  if (!holder) {
    return (
      <p>
        <strong className="font-medium">{names}</strong>: locked by something that Uplift cannot
        read, <Code>{first.text.slice(0, 200)}</Code>
      </p>
    );
  }
  const { deployment, runId, startedBy, dashboard, since } = holder;
  return (
    <p>
      <strong className="font-medium">{names}</strong>: held by run <Code>{runId}</Code> of{" "}
      {deployment}, which {startedBy} started on the dashboard {dashboard.url} (host{" "}
      {dashboard.host}), since <Clock at={since} show="both" zone /> (<RelativeTime at={since} />)
    </p>
  );
}

interface BreakDialogProps {
  deploymentId: DeploymentId;
  group: HeldNodes;
  onBroken: () => void;
}

function BreakDialog({ deploymentId, group: { first, nodes }, onBroken }: BreakDialogProps) {
  const names = nodes.map(({ name }) => name).join(", ");
  const what = nodes.length === 1 ? "the lock" : `${nodes.length} locks`;
  const { holder } = first;
  const run = holder ? `Run ${holder.runId} of ${holder.deployment}` : "Whoever holds it";
  return (
    <ReasonDialog
      title={`Break ${what} on ${names}?`}
      consequences={[
        `${run} may do nothing more there from then on. What it has begun there is not ended.`,
        "If it is still at work, two runs meet on the same hosts: make sure first that it is not.",
        "It is told your name and your reason.",
      ]}
      action={`Break ${what}`}
      trigger={<Button variant="danger">Break {what}…</Button>}
      onConfirm={async (reason) => {
        const locks = nodes.map(({ nodeId, text }) => ({ nodeId, text }));
        const answer = await breakSeenLocks(deploymentId, { locks, reason }).catch(() => null);
        if (!answer) return "The dashboard did not answer. Check that it runs, then try again.";
        if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
        onBroken();
        const kept = answer.value.filter(({ broken }) => !broken);
        if (kept.length === 0) return undefined;
        toast.error("Not every lock was broken", {
          description: kept.map(({ why }) => why).join(" "),
        });
        return undefined;
      }}
    />
  );
}
