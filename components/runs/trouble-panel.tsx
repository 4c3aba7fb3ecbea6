"use client";

import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { HostLocks } from "#components/locks/host-locks.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Code } from "#components/ui/code-block.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { type Tone, toneBox } from "#components/ui/states.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { leavingOut } from "#lib/domain/leave-out/leaving-out.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState, StepState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import { changedSoFar, restoredSoFar } from "#lib/domain/run-view/changed-so-far.ts";
import { type HostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { Step } from "#lib/domain/step.ts";
import { lastLines } from "./last-lines.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { CommandSender } from "./use-command.ts";

export interface TroublePanelProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  lines: readonly ShownLine[];
  command: CommandSender;
  /** Whether this person may decide. */
  mayControl: boolean;
}

/** Stands in the place of "now" while the run waits for a person: what, where, and the choices. */
export function TroublePanel({ run, plan, names, lines, command, mayControl }: TroublePanelProps) {
  const troubled = plan.steps.flatMap((step) => {
    const state = run.steps[step.id];
    return state && (state.status === "failed" || state.status === "uncertain")
      ? [{ step, state }]
      : [];
  });
  const locked = [...new Set(troubled.flatMap(nodeRefusing))];
  const tone = toneOf(run, troubled.length);
  const soFar = run.leg === "forward" ? changedSoFar(plan, run) : restoredSoFar(plan, run);
  return (
    <section
      aria-label="Waiting for a decision"
      className={cn(
        "grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border px-4 py-3",
        toneBox[tone],
      )}
    >
      <div className="text-fg">
        <h2 className="font-semibold text-base">
          {headline(
            run,
            troubled.map(({ state }) => state),
          )}
        </h2>
        <p className="text-muted text-sm">So far: {soFar.join("; ")}.</p>
      </div>
      {locked.length > 0 && (
        <HostLocks
          // Another try may find another holder.
          key={run.pause?.at}
          deploymentId={run.deploymentId}
          nodeIds={locked}
          mayBreak={mayControl}
          then="Retry what failed."
        />
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {troubled.map(({ step, state }) => (
          <TroubledStep
            key={step.id}
            {...{ step, state, names }}
            last={lastLines(lines, step.id)}
            choices={mayControl && <StepChoices {...{ run, plan, step, command }} />}
          />
        ))}
      </ul>
      {!mayControl && (
        <p className="text-muted text-sm">An operator or an administrator decides what follows.</p>
      )}
    </section>
  );
}

/** The node that refused a step because its lock is not this run's. */
function nodeRefusing({ step, state }: { step: Step; state: StepState }): NodeId[] {
  const { code } = state.error ?? {};
  if (code !== "lock.held" && code !== "run.generation_lost") return [];
  return "nodeId" in step.params
    ? [step.params.nodeId]
    : "route" in step.params
      ? [step.params.route.via]
      : [];
}

function toneOf(run: RunState, troubled: number): Tone {
  if (troubled === 0) return "warn";
  return run.pause?.reason === "uncertain" ? "warn" : "fail";
}

function headline(run: RunState, troubled: readonly StepState[]): string {
  if (troubled.length === 0)
    return "The run is paused: no step is under way. Resume it when you are ready.";
  const steps = troubled.length === 1 ? "A step" : `${troubled.length} steps`;
  if (run.pause?.reason === "uncertain")
    return `${steps} ended without a known result. Look at the host, then decide.`;
  return troubled.every(({ error }) => error?.code === "step.cancelled")
    ? `${steps} ${troubled.length === 1 ? "was" : "were"} cancelled. Nothing more happens until you decide.`
    : `${steps} failed. Nothing more happens until you decide.`;
}

interface TroubledStepProps {
  step: Step;
  state: StepState;
  names: HostNames;
  last: readonly string[];
  choices: ReactNode;
}

/** What went wrong, with the lines that matter. */
function TroubledStep({ step, state, names, last, choices }: TroubledStepProps) {
  const { error, attempt } = state;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border border-line bg-raised px-3 py-2.5 text-fg text-sm">
      <div className="flex flex-wrap items-center gap-x-3">
        <StateBadge state={state.status} />
        <span className="font-medium [overflow-wrap:anywhere]">{stepTitle(step, names)}</span>
        {attempt > 1 && <span className="text-muted text-xs">attempt {attempt}</span>}
      </div>
      {error && (
        <div className="grid gap-1 [overflow-wrap:anywhere]">
          <p>{error.message}</p>
          <p className="text-muted">{error.remedy}</p>
          <p className="text-muted text-xs">
            <Code>{error.code}</Code>
          </p>
        </div>
      )}
      {last.length > 0 && (
        <section
          aria-label="Last lines of its log"
          // A region that scrolls must be reachable by keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
          tabIndex={0}
          className="max-h-40 overflow-auto rounded-md bg-sunken px-2.5 py-2 focus-visible:-outline-offset-2"
        >
          <pre className="font-mono text-xs">{last.join("\n")}</pre>
        </section>
      )}
      {choices}
    </li>
  );
}

interface StepChoicesProps {
  run: RunState;
  plan: Plan;
  step: Step;
  command: CommandSender;
}

function StepChoices({ run, plan, step, command }: StepChoicesProps) {
  const stepId: StepId = step.id;
  const without = leavingOut(plan, run, stepId);
  const may = (kind: Parameters<typeof whyNot>[1]) => whyNot(run, kind, stepId) === null;
  return (
    <div className="flex flex-wrap gap-2 pt-1">
      {may("retry") && (
        <Button
          variant="primary"
          loading={command.pending}
          onClick={() => command.send({ kind: "retry", stepId })}
        >
          <RotateCw aria-hidden="true" />
          Retry
        </Button>
      )}
      {may("skip") && (
        <ReasonDialog
          title="Skip this step?"
          consequences={[
            "The step is not done, and the steps behind it go on as if it were not needed.",
            `What it was for: ${step.changes}`,
          ]}
          action="Skip the step"
          trigger={<Button>Skip…</Button>}
          onConfirm={(reason) => command.ask({ kind: "skip", stepId, reason })}
        />
      )}
      {may("mark-done") && (
        <ReasonDialog
          title="Mark this step as done?"
          consequences={[
            "You say that it is done: by hand, or because you have seen that it is.",
            "The steps behind it rely on that.",
          ]}
          action="Mark it done"
          tone="primary"
          trigger={<Button>Mark done…</Button>}
          onConfirm={(reason) => command.ask({ kind: "mark-done", stepId, reason })}
        />
      )}
      {without.allowed && may("leave-out") && (
        <ReasonDialog
          title={`Go on without ${without.node.name}?`}
          consequences={without.consequences}
          action={`Leave ${without.node.name} out`}
          trigger={<Button>Leave {without.node.name} out…</Button>}
          onConfirm={(reason) => command.ask({ kind: "leave-out", stepId, reason })}
        />
      )}
    </div>
  );
}
