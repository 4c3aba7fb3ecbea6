import { hopsOf } from "../hops.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Step, StepKind } from "../step.ts";

/**
 * What the upgrade has and has not changed by now, in short facts for whoever must decide. A step
 * that was begun and did not end well counts as "may have": the way back covers it.
 */
export function changedSoFar(plan: Plan, state: RunState): string[] {
  if (plan.purpose === "practice") {
    const proofs = plan.steps.filter(({ kind }) => kind === "dump.verify");
    const proven = proofs.filter((step) => isDone(step, state)).length;
    return ["OMS and HA not touched", `${proven} of ${proofs.length} backups proven`];
  }
  const now = hopUnderWay(plan, state);
  const inHop = (step: Step) => (step.hop ?? 1) === now;
  const count = (kind: StepKind) => {
    const steps = plan.steps.filter(
      (step) =>
        step.kind === kind && (step.hop === null || step.kind === "ha.disable" || inHop(step)),
    );
    const begun = steps.filter((step) => (state.steps[step.id]?.attempt ?? 0) > 0).length;
    const done = steps.filter((step) => isDone(step, state));
    return { all: steps.length, begun, done: done.length };
  };
  const ha = count("ha.disable");
  const haBack = count("ha.enable");
  const stop = count("container.stop");
  const proof = count("dump.verify");
  const start = count("container.start");
  const init = count("metadata.init");
  const { fromVersion, toVersion } = hopsOf(plan)[now - 1] ?? plan;
  return [
    ...(now > 1 ? [`${fromVersion} reached`] : []),
    ha.all === 0
      ? "HA left as it was"
      : haBack.done > 0
        ? "HA is on again"
        : ha.begun > 0
          ? "HA is off"
          : "HA not touched",
    stop.begun === 0
      ? now > 1
        ? `no node of ${fromVersion} stopped`
        : "no node stopped"
      : `${stop.done} of ${stop.all} nodes stopped`,
    proof.all > 0 && proof.done === proof.all
      ? "backups proven"
      : `${proof.done} of ${proof.all} backups proven`,
    ...(start.begun > 0
      ? [`${toVersion} started on ${start.done} of ${start.all} nodes`]
      : [`${toVersion} not started`]),
    init.begun === 0
      ? now > 1
        ? `databases as ${fromVersion} has them`
        : "databases untouched"
      : init.done === init.all
        ? "databases migrated"
        : "databases may be half migrated",
  ];
}

/** The hop of a chain that a run is at, counted from 1: the last one of which a step was begun. */
function hopUnderWay(plan: Plan, state: RunState): number {
  const begun = plan.steps.filter((step) => (state.steps[step.id]?.attempt ?? 0) > 0);
  return Math.max(1, ...begun.map((step) => step.hop ?? 1));
}

/** What the rollback has done by now. */
export function restoredSoFar(plan: Plan, state: RunState): string[] {
  const line = (kind: StepKind, noun: string, verb: string) => {
    const steps = plan.steps.filter((step) => step.kind === kind);
    if (steps.length === 0) return [];
    const done = steps.filter((step) => isDone(step, state));
    return [`${done.length} of ${steps.length} ${noun} ${verb}`];
  };
  return [
    ...line("container.stop", "new containers", "stopped"),
    ...line("database.recreate", "databases", "dropped and re-created"),
    ...line("database.restore", "databases", "restored"),
    ...line("database.compare", "databases", "compared with their backups"),
    ...line("container.restart", "old containers", "started again"),
  ];
}

/** Skipped is not done, though the run went on. */
function isDone(step: Step, state: RunState): boolean {
  const status = state.steps[step.id]?.status;
  return status === "succeeded" || status === "marked-done";
}
