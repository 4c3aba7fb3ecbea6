"use client";

import Link from "next/link";
import { useMemo } from "react";
import { RunTitle } from "#components/home/run-title.tsx";
import { useRunFeed } from "#components/live/use-run-feed.ts";
import { ConnectionNotice } from "#components/runs/connection-notice.tsx";
import { stateOf } from "#components/runs/state-of.ts";
import { usePlansOf } from "#components/runs/use-plans-of.ts";
import { Clock } from "#components/ui/clock.tsx";
import { useServerNow } from "#components/ui/now.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneBox } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import { hasEnded, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { forecast } from "#lib/domain/run-view/forecast.ts";
import { progressOf } from "#lib/domain/run-view/progress.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import type { RunView } from "#lib/services/views.ts";
import { useAwake } from "./use-awake.ts";
import { WallHosts } from "./wall-hosts.tsx";
import { WallNow } from "./wall-now.tsx";
import { WallOutage } from "./wall-outage.tsx";
import { WallPhases } from "./wall-phases.tsx";

export interface WallScreenProps {
  view: RunView;
  times: StepTimes;
}

/** A run on the wall: is it out and for how long, what happens now, where, and how long still. */
export function WallScreen({ view, times }: WallScreenProps) {
  const words = useTranslations("words");
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
  return (
    <main className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_auto_1fr] gap-4 p-4 lg:gap-6 lg:p-8">
      <header className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2">
        <div className="min-w-0">
          <h1 className="font-semibold text-2xl [overflow-wrap:anywhere] lg:text-4xl">
            <Link href={`/runs/${run.runId}`} prefetch={false} className="rounded-sm">
              {row.deploymentName}
            </Link>
          </h1>
          <p className="font-mono text-lg text-muted lg:text-2xl">
            <RunTitle run={row} />
          </p>
        </div>
        <p
          role="status"
          className={`flex items-center gap-3 rounded-full border px-5 py-2 font-semibold text-lg lg:text-2xl ${toneBox[states[state].tone]}`}
        >
          <StateGlyph state={state} className="size-6" />
          {words(`states.${state}`)}
        </p>
        <Clock at={now} zone className="font-mono text-lg text-muted lg:text-2xl" />
      </header>
      <ConnectionNotice connection={connection} />
      <WallOutage
        {...{ run, aheadMs, now }}
        expected={
          plan && !hasEnded(run.status) && stepsAwaitingPerson(run).length === 0
            ? forecast(plan, times, run, now)
            : null
        }
        progress={plan ? progressOf(plan, times, run, now) : null}
      />
      {plan && (
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 lg:gap-6">
          <WallNow {...{ run, plan, names, now }} />
          <WallPhases plan={plan} run={run} />
          <WallHosts {...{ run, plan, names }} />
        </div>
      )}
    </main>
  );
}
