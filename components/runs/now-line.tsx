import { Fragment, type ReactNode } from "react";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatDuration } from "#components/ui/format.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { type RunState, type StepState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { type Liveness, livenessOf } from "#lib/domain/run-view/liveness.ts";
import { type HostNames, stepDoing } from "#lib/domain/run-view/step-words.ts";
import { isWork, type WorkStep } from "#lib/domain/step.ts";
import { CancelButton } from "./cancel-button.tsx";
import type { CommandSender } from "./use-command.ts";

/** More steps at once are counted by what they do. */
const saidAlone = 4;

export interface NowLineProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** When each step last said something, ISO 8601. */
  lastOutput: ReadonlyMap<StepId, string>;
  /** The server's clock, ms since the epoch. */
  now: number;
  command: CommandSender;
  /** Whether this person may cancel a step. */
  mayControl: boolean;
}

/** What is happening at this moment, step by step, with how long and how silent it is. */
export function NowLine({ run, plan, names, lastOutput, now, command, mayControl }: NowLineProps) {
  const going = plan.steps.filter(isWork).flatMap((step) => {
    const state = run.steps[step.id];
    // A step that waits for a person has a panel of its own.
    if (state?.status !== "running" || state.awaits) return [];
    const life = livenessOf(step, { ...state, outputAt: lastOutput.get(step.id) }, now);
    return [{ step, state, life }];
  });
  if (going.length === 0 && stepsAwaitingPerson(run).length > 0) return null;
  const steps = going.map(({ step, state, life }) => (
    <NowStep
      key={step.id}
      {...{ step, state, names, life }}
      choice={mayControl && <CancelButton {...{ run, step, names, command }} />}
    />
  ));
  return (
    <section aria-label="Now" className="rounded-lg border bg-raised px-4 py-2.5">
      {going.length === 0 ? (
        <p className="text-muted text-sm">
          {run.status === "queued" ? "Waiting for its turn." : "Between two steps."}
        </p>
      ) : going.length <= saidAlone ? (
        <ul className="grid gap-1">{steps}</ul>
      ) : (
        <Disclosure summary={<Groups going={going} names={names} />}>
          <ul className="grid gap-1">{steps}</ul>
        </Disclosure>
      )}
    </section>
  );
}

interface Going {
  step: WorkStep;
  state: StepState;
  life: Liveness;
}

/** Many steps at once in a line, by what they do; how many of them are silent is not left out. */
function Groups({ going, names }: { going: readonly Going[]; names: HostNames }) {
  const silent = going.filter(({ life }) => life.output === "silent");
  const longest = Math.max(...silent.map(({ life }) => life.silentMs));
  return (
    <>
      {[...Map.groupBy(going, ({ step }) => step.kind).values()].map((group, index) => (
        <Fragment key={group[0]?.step.kind}>
          {index > 0 && "; "}
          <span className="font-medium">{group[0] && stepDoing(group[0].step, names)}</span>
          {group.length > 1 && ` and ${group.length - 1} more like it`}
        </Fragment>
      ))}
      {silent.length > 0 && (
        <span className="font-medium text-warn">
          ; {silent.length} without output, the longest for {formatDuration(longest)}
        </span>
      )}
    </>
  );
}

interface NowStepProps extends Going {
  names: HostNames;
  choice: ReactNode;
}

function NowStep({ step, state, names, life, choice }: NowStepProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm">
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{stepDoing(step, names)}</span>
      {state.progress && <span className="text-muted">{state.progress.text}</span>}
      <span className={life.late ? "font-medium text-warn" : "text-muted"}>
        {formatDuration(wholeSeconds(life.elapsedMs))} of at most {formatDuration(life.deadlineMs)}
        {state.attempt > 1 && `, attempt ${state.attempt}`}
      </span>
      <OutputAge {...life} />
      {state.cancel ? (
        <span className="font-medium text-warn">
          {state.cancel.by.name} cancels it: being ended on its host
        </span>
      ) : (
        choice
      )}
    </li>
  );
}

/** How long ago the step last said something, once that is worth a word. */
function OutputAge({ output, silentMs }: Liveness) {
  switch (output) {
    case "heard":
      return null;
    case "waiting":
      return <span className="text-muted">last output {formatDuration(silentMs)} ago</span>;
    case "silent":
      return (
        <span className="font-medium text-warn">no output for {formatDuration(silentMs)}</span>
      );
  }
}

/** No milliseconds in what ticks once a second. */
function wholeSeconds(ms: number): number {
  return Math.max(1_000, Math.floor(ms / 1_000) * 1_000);
}
