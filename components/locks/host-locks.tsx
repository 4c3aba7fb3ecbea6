"use client";

import { RefreshCw } from "lucide-react";
import { useResult } from "#components/forms/use-result.ts";
import { ReasonDialog } from "#components/runs/reason-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import type { HostLock } from "#lib/services/views.ts";
import { groupLocks, type HeldNodes } from "./group-locks.ts";

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
  const t = useTranslations("locks");
  const query = nodeIds.map((id) => `node=${id}`).join("&");
  const look = useResult<HostLock[]>(`/deployments/${deploymentId}/locks?${query}`);
  return (
    <section
      aria-label={t("locks")}
      className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border border-line bg-raised px-3 py-2.5 text-fg text-sm"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="font-medium">
          {t("locksOnTheHostsNow")} <HelpLink to="operations#a-host-is-locked" />
        </h3>
        <Button variant="ghost" disabled={look.asking} onClick={look.ask}>
          <RefreshCw aria-hidden="true" />
          {t("lookAgain")}
        </Button>
      </div>
      {look.error ? (
        <p className="[overflow-wrap:anywhere]">
          {look.error.message} <span className="text-muted">{look.error.remedy}</span>
        </p>
      ) : look.value ? (
        <Seen {...{ deploymentId, mayBreak, then, locks: look.value, onBroken: look.ask }} />
      ) : (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> {t("askingTheHosts")}
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
  const said = useSaid();
  const t = useTranslations("locks");
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
            {trouble && said(trouble)}
          </li>
        ))}
      </ul>
      {held.length === 0 && silent.length === 0 && (
        <p role="status">
          {t("noRunHolds", { names: locks.map(({ name }) => name).join(", "), then })}
        </p>
      )}
    </>
  );
}

function Holder({ group: { first, nodes } }: { group: HeldNodes }) {
  const t = useTranslations("locks");
  const names = nodes.map(({ name }) => name).join(", ");
  const { holder } = first;
  if (!holder) {
    return (
      <p>
        {t.rich("unreadable", {
          names,
          strong: (chunks) => <strong className="font-medium">{chunks}</strong>,
          slice: first.text.slice(0, 200),
          code: (chunks) => <Code>{chunks}</Code>,
        })}
      </p>
    );
  }
  const { deployment, runId, startedBy, dashboard, since } = holder;
  return (
    <p>
      {t.rich("held", {
        names,
        strong: (chunks) => <strong className="font-medium">{chunks}</strong>,
        runId,
        code: (chunks) => <Code>{chunks}</Code>,
        deployment,
        startedBy,
        url: dashboard.url,
        host: dashboard.host,
        clock: () => <Clock at={since} show="both" zone />,
        relativetime: () => <RelativeTime at={since} />,
      })}
    </p>
  );
}

interface BreakDialogProps {
  deploymentId: DeploymentId;
  group: HeldNodes;
  onBroken: () => void;
}

function BreakDialog({ deploymentId, group: { first, nodes }, onBroken }: BreakDialogProps) {
  const said = useSaid();
  const t = useTranslations("locks");
  const names = nodes.map(({ name }) => name).join(", ");
  const { holder } = first;
  const run = holder
    ? t("runOf", { runId: holder.runId, deployment: holder.deployment })
    : t("whoeverHoldsIt");
  return (
    <ReasonDialog
      title={t("breakLocksOn", { count: nodes.length, names })}
      consequences={[t("runMayDoNothingMore", { run }), t("ifItIsStillAt"), t("itIsToldYourName")]}
      action={t("breakLocks", { count: nodes.length })}
      trigger={<Button variant="danger">{t("breakLocksAsk", { count: nodes.length })}</Button>}
      onConfirm={async (reason) => {
        const locks = nodes.map(({ nodeId, text }) => ({ nodeId, text }));
        const answer = await call("locks.break", { deploymentId, locks, reason }).catch(() => null);
        if (!answer) return t("noAnswerToBreaking");
        if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
        onBroken();
        const kept = answer.value.filter(({ broken }) => !broken);
        if (kept.length === 0) return undefined;
        toast.error(t("notEveryLockWasBroken"), {
          description: kept.map(({ why }) => said(why ?? "")).join(" "),
        });
        return undefined;
      }}
    />
  );
}
