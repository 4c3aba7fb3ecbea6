import { toneBox } from "#components/ui/states.ts";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import { hasEnded, type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { type HostNames, stepDoing, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { isWork } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";

/** More at once are counted: nobody reads a list from across the room. */
const mostTold = 3;

export interface WallNowProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** The server's clock, ms since the epoch. */
  now: number;
}

/** What happens at this moment, or what the run waits for. */
export function WallNow({ run, plan, names, now }: WallNowProps) {
  const said = useSaid();
  const format = useFormat();
  const t = useTranslations("wall");
  const waits = waitWords(run, plan, names, t, said);
  if (waits) {
    return (
      <p
        role="status"
        className={`rounded-lg border p-4 font-semibold text-xl [overflow-wrap:anywhere] lg:p-6 lg:text-3xl ${toneBox[waits.tone]}`}
      >
        {waits.text}
      </p>
    );
  }
  if (hasEnded(run.status)) return null;
  const going = plan.steps.filter(isWork).flatMap((step) => {
    const state = run.steps[step.id];
    return state?.status === "running" ? [{ step, state }] : [];
  });
  return (
    <section aria-label={t("now")} className="grid gap-1 text-xl lg:text-3xl">
      {going.length === 0 && (
        <p className="text-muted">
          {run.status === "queued" ? t("waitingForItsTurn") : t("betweenTwoSteps")}
        </p>
      )}
      {going.slice(0, mostTold).map(({ step, state }) => (
        <p key={step.id} className="flex flex-wrap items-baseline gap-x-4">
          <span className="font-medium [overflow-wrap:anywhere]">
            {said(stepDoing(step, names))}
          </span>
          <span className="text-lg text-muted tabular-nums lg:text-2xl">
            {state.startedAt && format.duration(wholeSeconds(now - Date.parse(state.startedAt)))}
            {state.progress && `, ${said(state.progress.text)}`}
          </span>
        </p>
      ))}
      {going.length > mostTold && (
        <p className="text-muted">{t("andMore", { going: going.length - mostTold })}</p>
      )}
    </section>
  );
}

function waitWords(
  run: RunState,
  plan: Plan,
  names: HostNames,
  t: Translator<"wall">,
  said: ReturnType<typeof useSaid>,
) {
  if (stepsAwaitingPerson(run).length > 0) {
    return { tone: "wait", text: t("waitsForAPerson") } as const;
  }
  if (run.status !== "paused") return null;
  const titles = (run.pause?.stepIds ?? [])
    .map((id) => plan.steps.find((step) => step.id === id))
    .map((step) => step && said(stepTitle(step, names)))
    .filter(Boolean)
    .slice(0, mostTold)
    .join(", ");
  const about = { has: String(titles !== ""), titles };
  switch (run.pause?.reason) {
    case "failed":
      return { tone: "fail", text: t("failedWaitsForADecision", about) } as const;
    case "uncertain":
      return { tone: "warn", text: t("uncertainWaitsForADecision", about) } as const;
    case "gate":
      return { tone: "wait", text: t("waitsForAnApproval", about) } as const;
    default:
      return { tone: "warn", text: t("pausedByAnOperator") } as const;
  }
}

/** No milliseconds in what ticks once a second. */
const wholeSeconds = (ms: number) => Math.max(1_000, Math.floor(ms / 1_000) * 1_000);
