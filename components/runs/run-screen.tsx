"use client";

import { useMemo, useState } from "react";
import { RunTitle } from "#components/home/run-title.tsx";
import { useRunFeed } from "#components/live/use-run-feed.ts";
import { Clock } from "#components/ui/clock.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useServerNow } from "#components/ui/now.ts";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { StepId } from "#lib/domain/ids.ts";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { Leg } from "#lib/domain/plan.ts";
import { hasEnded, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { lastLines } from "#lib/domain/run-log/last-lines.ts";
import { forecast } from "#lib/domain/run-view/forecast.ts";
import { haChangesOf } from "#lib/domain/run-view/ha-changes.ts";
import { progressOf } from "#lib/domain/run-view/progress.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import type { RunView } from "#lib/services/views.ts";
import { CancelButton } from "./cancel-button.tsx";
import { ConnectionNotice } from "./connection-notice.tsx";
import { GatePanel } from "./gate-panel.tsx";
import { HaChanges } from "./ha-changes.tsx";
import { HaPanel } from "./ha-panel.tsx";
import { LegSwitch } from "./leg-switch.tsx";
import { LogViewer } from "./log-viewer.tsx";
import { NowLine } from "./now-line.tsx";
import { OutagePanel } from "./outage-panel.tsx";
import { PhaseList } from "./phase-list.tsx";
import { ResultPanel } from "./result-panel.tsx";
import { RunButtons } from "./run-buttons.tsx";
import { stateOf } from "./state-of.ts";
import { Timeline } from "./timeline/timeline.tsx";
import { TroublePanel } from "./trouble-panel.tsx";
import { UnreachableNotice } from "./unreachable-notice.tsx";
import { useCommand } from "./use-command.ts";
import { usePlansOf } from "./use-plans-of.ts";

export interface RunScreenProps {
  view: RunView;
  times: StepTimes;
  /** The last lines of the steps that failed or ended unknown, as of the page's first look. */
  linesOfTrouble: Record<StepId, string[]>;
  /** Whether this person may control runs. */
  mayControl: boolean;
  /** Whether this person may let a run go on at a gate. */
  mayApprove: boolean;
}

/** A run while it happens and afterwards: state, outage, what is happening, the proof. */
export function RunScreen(props: RunScreenProps) {
  const { view, times, linesOfTrouble, mayControl, mayApprove } = props;
  const words = useTranslations("words");
  const t = useTranslations("runs");
  const feed = useRunFeed(view.state, view.now);
  const { run, lines, lineCount, openPlaces, lastOutput, connection, aheadMs } = feed;
  const { row } = view;
  const plans = useMemo(() => view.plans.map((plan) => planWithout(plan, run)), [view.plans, run]);
  const now = useServerNow(aheadMs, view.now, !hasEnded(run.status));
  const command = useCommand(run);
  const [chosenLeg, chooseLeg] = useState<Leg>();
  const [stepId, pickStep] = useState<StepId | null>(null);
  const names = useMemo(() => hostNames(plans), [plans]);
  usePlansOf(run.plans.length, plans.length);

  const current = plans.find((plan) => plan.leg === run.leg);
  const shown = plans.find((plan) => plan.leg === (chosenLeg ?? run.leg)) ?? current;
  const state = stateOf(run);
  const haChanges = haChangesOf(plans, run);
  return (
    <Page width="full">
      <PageHeader
        title={row.deploymentName}
        badges={
          <>
            <span className="whitespace-nowrap font-mono text-muted text-sm">
              <RunTitle run={row} />
            </span>
            <StateBadge state={state} look="box" />
          </>
        }
        description={t.rich("startedBy", {
          clock: () => <Clock at={row.createdAt} show="both" zone />,
          startedBy: row.startedBy,
        })}
        actions={
          <>
            {mayControl && <RunButtons run={run} command={command} />}
            <LinkButton href={`/runs/${run.runId}/wall`} variant="ghost">
              {t("wall")}
            </LinkButton>
            <LinkButton href={`/runs/${run.runId}/audit`} variant="ghost">
              {t("audit")}
            </LinkButton>
          </>
        }
      />
      <p role="status" className="sr-only">
        {row.deploymentName}: {words(`states.${state}`)}
      </p>
      <ConnectionNotice connection={connection} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <OutagePanel
          {...{ run, names, aheadMs, now }}
          expected={
            current && stepsAwaitingPerson(run).length === 0
              ? forecast(current, times, run, now)
              : null
          }
          progress={current ? progressOf(current, times, run, now) : null}
        />
        {hasEnded(run.status) && current && <ResultPanel run={run} plan={current} />}
        {!hasEnded(run.status) && current && (
          <GatePanel {...{ run, plan: current, command, aheadMs, mayApprove }} />
        )}
        {current && <HaPanel {...{ run, plan: current, aheadMs }} />}
        {run.status === "paused" && run.pause?.reason !== "gate" && current && (
          <TroublePanel
            {...{ run, plan: current, names, command, mayControl }}
            lastLinesOf={(id) =>
              feed.caughtUp ? lastLines(lines, id) : (linesOfTrouble[id] ?? [])
            }
          />
        )}
        {!hasEnded(run.status) && run.status !== "paused" && current && (
          <NowLine
            {...{ run, plan: current, names, now }}
            lastOutput={feed.caughtUp ? lastOutput : null}
            choiceOf={(step) => mayControl && <CancelButton {...{ run, step, names, command }} />}
          />
        )}
        <UnreachableNotice {...{ run, names, now }} />
        {haChanges.length > 0 && (
          <Disclosure
            className="rounded-lg border bg-raised px-2"
            summary={t("haChangesSummary")}
            aside={t("stepCount", { count: haChanges.length })}
          >
            <HaChanges changes={haChanges} title={t("haChangesTitle")} />
          </Disclosure>
        )}
        {plans.length > 1 && shown && (
          <LegSwitch
            leg={shown.leg}
            onChange={(leg) => {
              chooseLeg(leg);
              pickStep(null);
            }}
          />
        )}
        {shown && (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[15rem_minmax(0,1fr)]">
            <PhaseList plan={shown} run={run} aheadMs={aheadMs} />
            <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
              <Timeline plan={shown} {...{ run, names, now }} picked={stepId} onPick={pickStep} />
              <LogViewer
                key={shown.id}
                plan={shown}
                {...{ run, names, lines, lineCount, openPlaces, stepId }}
                complete={connection.state === "live"}
                onPickStep={pickStep}
              />
            </div>
          </div>
        )}
      </div>
    </Page>
  );
}
