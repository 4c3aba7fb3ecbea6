"use client";

import Link from "next/link";
import { useEffect, useMemo } from "react";
import { RunTitle } from "#components/home/run-title.tsx";
import { useRunFeed } from "#components/live/use-run-feed.ts";
import { ConnectionNotice } from "#components/runs/connection-notice.tsx";
import { NowLine } from "#components/runs/now-line.tsx";
import { OutagePanel } from "#components/runs/outage-panel.tsx";
import { PhaseList } from "#components/runs/phase-list.tsx";
import { stateOf } from "#components/runs/state-of.ts";
import { usePlansOf } from "#components/runs/use-plans-of.ts";
import { Clock } from "#components/ui/clock.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useServerNow } from "#components/ui/now.ts";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useSaid, useTranslations } from "#i18n";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { hasEnded, type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { forecast } from "#lib/domain/run-view/forecast.ts";
import { progressOf } from "#lib/domain/run-view/progress.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import { type HostNames, hostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { RunView } from "#lib/services/views.ts";
import { WallHosts } from "./wall-hosts.tsx";
import "./wall.css";

/** More steps than these are read by nobody from across the room. */
const mostTold = 3;

export interface WallScreenProps {
  view: RunView;
  times: StepTimes;
}

/** A run on the wall: is it out and for how long, what happens now, where, and how long still. */
export function WallScreen({ view, times }: WallScreenProps) {
  // What was logged before is not shown here, so it is not fetched either.
  const { run, connection, aheadMs } = useRunFeed(view.state, view.now, view.logSeq);
  const plans = useMemo(() => view.plans.map((plan) => planWithout(plan, run)), [view.plans, run]);
  const names = useMemo(() => hostNames(plans), [plans]);
  const now = useServerNow(aheadMs, view.now, true);
  usePlansOf(run.plans.length, plans.length);
  useAwake();
  const plan = plans.find(({ leg }) => leg === run.leg);
  const state = stateOf(run);
  const { row } = view;
  const awaits = stepsAwaitingPerson(run).length > 0;
  return (
    <main data-wall="" className="grid grid-cols-[minmax(0,1fr)] content-start gap-3 p-3 lg:p-4">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <h1 className="font-semibold text-lg [overflow-wrap:anywhere]">
            <Link href={`/runs/${run.runId}`} prefetch={false} className="rounded-sm">
              {row.deploymentName}
            </Link>
          </h1>
          <span className="font-mono text-muted text-sm">
            <RunTitle run={row} />
          </span>
        </div>
        <span role="status">
          <StateBadge state={state} look="box" />
        </span>
        <Clock at={now} zone className="font-mono text-muted text-sm" />
      </header>
      <ConnectionNotice connection={connection} />
      <OutagePanel
        {...{ run, names, aheadMs, now }}
        size="wall"
        expected={plan && !hasEnded(run.status) && !awaits ? forecast(plan, times, run, now) : null}
        progress={plan ? progressOf(plan, times, run, now) : null}
      />
      {plan && (
        <>
          {run.status === "paused" || awaits ? (
            <Waiting {...{ run, plan, names, awaits }} />
          ) : (
            !hasEnded(run.status) && <NowLine {...{ run, plan, names, now }} lastOutput={null} />
          )}
          <PhaseList {...{ plan, run, aheadMs }} size="wall" />
          <WallHosts {...{ run, plan, names }} />
        </>
      )}
    </main>
  );
}

interface WaitingProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** A step asks a person for something; the run itself goes on. */
  awaits: boolean;
}

const tones = { failed: "fail", uncertain: "warn", gate: "wait", operator: "warn" } as const;

/** What the run waits for; how to decide is said where that can be done. */
function Waiting({ run, plan, names, awaits }: WaitingProps) {
  const said = useSaid();
  const t = useTranslations("wall");
  const reason = run.pause?.reason ?? "operator";
  const titles = plan.steps
    .filter(({ id }) => run.pause?.stepIds.includes(id))
    .map((step) => said(stepTitle(step, names)));
  return (
    <Notice
      tone={awaits ? "wait" : tones[reason]}
      role="status"
      title={t("waits", { reason: awaits ? "person" : reason })}
    >
      {!awaits && titles.slice(0, mostTold).join(t("join"))}
    </Notice>
  );
}

/** Keeps the screen from going dark while the page is in sight, where the browser can (HTTPS only). */
function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = async () => {
      if (document.hidden || !("wakeLock" in navigator)) return;
      // Refused on low battery, say: then the screen does as it pleases.
      lock = await navigator.wakeLock.request("screen").catch(() => null);
      if (over) await lock?.release();
    };
    void take();
    // The browser gives it up whenever the page is hidden.
    document.addEventListener("visibilitychange", take);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", take);
      void lock?.release();
    };
  }, []);
}
