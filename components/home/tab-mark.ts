import type { Translator } from "#lib/i18n/types.ts";
import type { ActiveRun } from "#lib/operations/active-runs.ts";

/** What a browser's tab says of the runs that are on. */
export interface TabMark {
  icon: "icon.svg" | "icon-running.svg" | "icon-waiting.svg";
  /** Stands before the page's title; null when no run is on. */
  words: string | null;
}

/** The mark of the run that needs a person most; it is read from the corner of an eye. Pure. */
export function tabMark(runs: readonly ActiveRun[], words: Translator<"words">): TabMark {
  const waiting = runs.find((run) => run.status === "paused");
  if (waiting)
    return {
      icon: "icon-waiting.svg",
      words: words("tab.waits", { deployment: waiting.deployment }),
    };
  const [run] = runs;
  if (!run) return { icon: "icon.svg", words: null };
  const doing = run.leg === "rollback" ? ("tab.rollingBack" as const) : ("tab.upgrading" as const);
  return { icon: "icon-running.svg", words: words(doing, { deployment: run.deployment }) };
}

export interface RunNews {
  runId: ActiveRun["id"];
  title: string;
}

/** What a person away from the page wants to hear: a run began to wait, or is on no longer. Pure. */
export function runNews(
  before: readonly ActiveRun[],
  after: readonly ActiveRun[],
  words: Translator<"words">,
): RunNews[] {
  const waits = (run: ActiveRun) => run.status === "paused";
  const begunToWait = after.filter((run) => {
    const earlier = before.find(({ id }) => id === run.id);
    return waits(run) && earlier !== undefined && !waits(earlier);
  });
  const over = before.filter(({ id }) => !after.some((run) => run.id === id));
  return [
    ...begunToWait.map(({ id, deployment }) => ({
      runId: id,
      title: words("tab.waitsForYou", { deployment }),
    })),
    ...over.map(({ id, deployment }) => ({
      runId: id,
      title: words("tab.ended", { deployment }),
    })),
  ];
}
