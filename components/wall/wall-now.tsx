import { formatDuration } from "#components/ui/format.ts";
import { toneBox } from "#components/ui/states.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { hasEnded, type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { type HostNames, stepDoing, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { isWork } from "#lib/domain/step.ts";

/** More at once are counted: nobody reads a list from across the room. */
const said = 3;

export interface WallNowProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** The server's clock, ms since the epoch. */
  now: number;
}

/** What happens at this moment, or what the run waits for. */
export function WallNow({ run, plan, names, now }: WallNowProps) {
  const waits = waitWords(run, plan, names);
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
    <section aria-label="Now" className="grid gap-1 text-xl lg:text-3xl">
      {going.length === 0 && (
        <p className="text-muted">
          {run.status === "queued" ? "Waiting for its turn" : "Between two steps"}
        </p>
      )}
      {going.slice(0, said).map(({ step, state }) => (
        <p key={step.id} className="flex flex-wrap items-baseline gap-x-4">
          <span className="font-medium [overflow-wrap:anywhere]">{stepDoing(step, names)}</span>
          <span className="text-lg text-muted tabular-nums lg:text-2xl">
            {state.startedAt && formatDuration(wholeSeconds(now - Date.parse(state.startedAt)))}
            {state.progress && `, ${state.progress.text}`}
          </span>
        </p>
      ))}
      {going.length > said && <p className="text-muted">and {going.length - said} more</p>}
    </section>
  );
}

function waitWords(run: RunState, plan: Plan, names: HostNames) {
  if (stepsAwaitingPerson(run).length > 0) {
    return { tone: "wait", text: "Waits for a person to change HA in the console" } as const;
  }
  if (run.status !== "paused") return null;
  const titles = (run.pause?.stepIds ?? [])
    .map((id) => plan.steps.find((step) => step.id === id))
    .map((step) => step && stepTitle(step, names))
    .filter(Boolean)
    .slice(0, said)
    .join(", ");
  const about = titles === "" ? "" : `: ${titles}`;
  switch (run.pause?.reason) {
    case "failed":
      return { tone: "fail", text: `Failed, waits for a decision${about}` } as const;
    case "uncertain":
      return { tone: "warn", text: `Uncertain, waits for a decision${about}` } as const;
    case "gate":
      return { tone: "wait", text: `Waits for an approval${about}` } as const;
    default:
      return { tone: "warn", text: "Paused by an operator" } as const;
  }
}

/** No milliseconds in what ticks once a second. */
const wholeSeconds = (ms: number) => Math.max(1_000, Math.floor(ms / 1_000) * 1_000);
