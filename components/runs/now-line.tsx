import { Fragment, type ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import { groupBy } from "#lib/domain/group-by.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { type RunState, type StepState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { type Liveness, livenessOf } from "#lib/domain/run-view/liveness.ts";
import { type HostNames, stepDoing } from "#lib/domain/run-view/step-words.ts";
import { isWork, type WorkStep } from "#lib/domain/step.ts";

/** More steps at once are counted by what they do. */
const saidAlone = 4;

export interface NowLineProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** When each step last said something, ISO 8601; null until the log was read. */
  lastOutput: ReadonlyMap<StepId, string> | null;
  /** The server's clock, ms since the epoch. */
  now: number;
  /** What this person can do about a step. */
  choiceOf?: (step: WorkStep) => ReactNode;
}

/** What is happening at this moment, step by step, with how long and how silent it is. */
export function NowLine({ run, plan, names, lastOutput, now, choiceOf }: NowLineProps) {
  const t = useTranslations("runs");
  const going = plan.steps.filter(isWork).flatMap((step) => {
    const state = run.steps[step.id];
    // A step that waits for a person has a panel of its own.
    if (state?.status !== "running" || state.awaits) return [];
    const life = livenessOf(step, { ...state, outputAt: lastOutput?.get(step.id) }, now);
    // How silent it is is known from its log.
    return [{ step, state, life: lastOutput ? life : { ...life, silent: null } }];
  });
  if (going.length === 0 && stepsAwaitingPerson(run).length > 0) return null;
  const steps = going.map(({ step, state, life }) => (
    <NowStep key={step.id} {...{ step, state, names, life }} choice={choiceOf?.(step)} />
  ));
  return (
    <section aria-label={t("now")} className="rounded-lg border bg-raised px-4 py-2.5">
      {going.length === 0 ? (
        <p className="text-muted text-sm">
          {run.status === "queued" ? t("waitingForItsTurn") : t("betweenTwoSteps")}
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
  life: Omit<Liveness, "silent"> & { silent: boolean | null };
}

/** Many steps at once in a line, by what they do; how many of them are silent is not left out. */
function Groups({ going, names }: { going: readonly Going[]; names: HostNames }) {
  const said = useSaid();
  const format = useFormat();
  const t = useTranslations("runs");
  const silent = going.filter(({ life }) => life.silent);
  const longest = Math.max(...silent.map(({ life }) => life.silentMs));
  return (
    <>
      {[...groupBy(going, ({ step }) => step.kind).values()].map((group, index) => (
        <Fragment key={group[0]?.step.kind}>
          {index > 0 && t("factsJoin")}
          <span className="font-medium">{group[0] && said(stepDoing(group[0].step, names))}</span>
          {group.length > 1 && ` ${t("andMoreLikeIt", { count: group.length - 1 })}`}
        </Fragment>
      ))}
      {silent.length > 0 && (
        <span className="font-medium text-warn">
          {t("silentSteps", {
            silent: silent.length,
            duration: format.duration(longest),
          })}
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
  const said = useSaid();
  const format = useFormat();
  const t = useTranslations("runs");
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm">
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
        {said(stepDoing(step, names))}
      </span>
      {state.progress && <span className="text-muted">{said(state.progress.text)}</span>}
      {/* On a narrow screen each of the parts that tick has a line, so that none of them moves the page. */}
      <span className={cn("max-sm:w-full", life.late ? "font-medium text-warn" : "text-muted")}>
        {t("ofAtMost", {
          elapsed: format.duration(wholeSeconds(life.elapsedMs)),
          deadline: format.duration(life.deadlineMs),
        })}
        {state.attempt > 1 && t("attempt", { attempt: state.attempt })}
      </span>
      <span className="flex items-baseline justify-between gap-x-3 max-sm:w-full">
        <OutputAge life={life} />
        {state.cancel ? (
          <span className="font-medium text-warn">
            {t("beingCancelled", { name: state.cancel.by.name })}
          </span>
        ) : (
          choice
        )}
      </span>
    </li>
  );
}

/** How long ago the step last said something; its room is kept until that is known. */
function OutputAge({ life: { silent, silentMs } }: Pick<Going, "life">) {
  const format = useFormat();
  const t = useTranslations("runs");
  if (silent === null) return <span aria-hidden="true">{"\u00a0"}</span>;
  const duration = format.duration(wholeSeconds(silentMs));
  return silent ? (
    <span className="font-medium text-warn">{t("noOutputFor", { duration })}</span>
  ) : (
    <span className="text-muted">{t("lastOutputAgo", { duration })}</span>
  );
}

/** No milliseconds in what ticks once a second. */
function wholeSeconds(ms: number): number {
  return Math.max(1_000, Math.floor(ms / 1_000) * 1_000);
}
