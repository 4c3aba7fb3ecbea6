"use client";

import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { HostLocks } from "#components/locks/host-locks.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Code } from "#components/ui/code-block.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { type Tone, toneBox } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { leavingOut } from "#lib/domain/leave-out/leaving-out.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState, StepState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { changedSoFar, restoredSoFar } from "#lib/domain/run-view/changed-so-far.ts";
import { type HostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { Step } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { CommandSender } from "./use-command.ts";

export interface TroublePanelProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** The last lines that a step said, oldest first. */
  lastLinesOf: (stepId: StepId) => readonly string[];
  command: CommandSender;
  /** Whether this person may decide. */
  mayControl: boolean;
}

/** Stands in the place of "now" while the run waits for a person: what, where, and the choices. */
export function TroublePanel(props: TroublePanelProps) {
  const { run, plan, names, lastLinesOf, command, mayControl } = props;
  const said = useSaid();
  const t = useTranslations("runs");
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
      aria-label={t("waitingForADecision")}
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
            t,
          )}
        </h2>
        <p className="text-muted text-sm">
          {t("soFar", { facts: soFar.map(said).join(t("factsJoin")) })}{" "}
          <HelpLink to="operations#when-a-run-is-paused" />
        </p>
      </div>
      {locked.length > 0 && (
        <HostLocks
          // Another try may find another holder.
          key={run.pause?.at}
          deploymentId={run.deploymentId}
          nodeIds={locked}
          mayBreak={mayControl}
          then={t("retryWhatFailed")}
        />
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4 empty:hidden">
        {troubled.map(({ step, state }) => (
          <TroubledStep
            key={step.id}
            {...{ step, state, names }}
            last={lastLinesOf(step.id)}
            choices={mayControl && <StepChoices {...{ run, plan, step, command }} />}
          />
        ))}
      </ul>
      {!mayControl && <p className="text-muted text-sm">{t("whoDecides")}</p>}
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

function headline(run: RunState, troubled: readonly StepState[], t: Translator<"runs">): string {
  if (troubled.length === 0) return t("isPaused");
  const count = troubled.length;
  if (run.pause?.reason === "uncertain") return t("endedUnknown", { count });
  return troubled.every(({ error }) => error?.code === "step.cancelled")
    ? t("wasCancelled", { count })
    : t("didFail", { count });
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
  const said = useSaid();
  const t = useTranslations("runs");
  const { error, attempt } = state;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 border-current/20 border-t pt-3 text-fg text-sm">
      <div className="flex flex-wrap items-center gap-x-3">
        <StateBadge state={state.status} />
        <span className="font-medium [overflow-wrap:anywhere]">{said(stepTitle(step, names))}</span>
        {attempt > 1 && <span className="text-muted text-xs">{t("attemptWord", { attempt })}</span>}
      </div>
      {error && (
        <div className="grid gap-1 [overflow-wrap:anywhere]">
          <p>
            <Said>{error.message}</Said>
          </p>
          <p className="text-muted">
            <Said>{error.remedy}</Said>
          </p>
          <p className="text-muted text-xs">
            <Code>{error.code}</Code>
          </p>
        </div>
      )}
      {last.length > 0 && (
        <section
          aria-label={t("lastLinesOfItsLog")}
          // A region that scrolls must be reachable by keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
          tabIndex={0}
          className="max-h-40 overflow-auto rounded-md border bg-raised px-2.5 py-2 focus-visible:-outline-offset-2"
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
  const said = useSaid();
  const t = useTranslations("runs");
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
          {t("retry")}
        </Button>
      )}
      {may("confirm") && (
        <ReasonDialog
          title={t("confirmAndGoOn")}
          consequences={[said(run.steps[stepId]?.error?.message ?? ""), t("confirmMeans")]}
          action={t("confirm")}
          trigger={<Button>{t("confirmAsk")}</Button>}
          onConfirm={(reason) => command.ask({ kind: "confirm", stepId, reason })}
        />
      )}
      {may("skip") && (
        <ReasonDialog
          title={t("skipThisStep")}
          consequences={[t("skipMeans"), t("whatItWasFor", { changes: said(step.changes) })]}
          action={t("skipTheStep")}
          trigger={<Button>{t("skip")}</Button>}
          onConfirm={(reason) => command.ask({ kind: "skip", stepId, reason })}
        />
      )}
      {may("mark-done") && (
        <ReasonDialog
          title={t("markThisStepAsDone")}
          consequences={[t("markDoneMeans"), t("markDoneRelies")]}
          action={t("markItDone")}
          tone="primary"
          trigger={<Button>{t("markDone")}</Button>}
          onConfirm={(reason) => command.ask({ kind: "mark-done", stepId, reason })}
        />
      )}
      {without.allowed && may("leave-out") && (
        <ReasonDialog
          title={t("goOnWithout", { name: without.node.name })}
          consequences={without.consequences.map(said)}
          action={t("leaveOut", { name: without.node.name })}
          trigger={<Button>{t("leaveOutAsk", { name: without.node.name })}</Button>}
          onConfirm={(reason) => command.ask({ kind: "leave-out", stepId, reason })}
        />
      )}
    </div>
  );
}
