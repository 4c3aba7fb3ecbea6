import type { Plan } from "#lib/domain/plan.ts";
import type { StepKind } from "#lib/domain/step.ts";

export interface RollbackConsequences {
  sentences: string[];
  recovery: string;
  verb: string;
}

/** What confirming a rollback plan does, in the words of its last question. Pure. */
export function rollbackConsequences(plan: Plan): RollbackConsequences {
  const count = (kind: StepKind) => plan.steps.filter((step) => step.kind === kind).length;
  const [stops, drops] = [count("container.stop"), count("database.recreate")];
  const starts = count("container.restart");
  const sentences = [
    ...(stops > 0 ? [`${counted(stops, "new container")} stopped.`] : []),
    ...(drops > 0
      ? [
          `${counted(drops, "database")} dropped, re-created and restored from the proven backups.`,
          "What OMS wrote into them since the backups is lost.",
        ]
      : []),
    ...(starts > 0 ? [`${counted(starts, "old container")} started again.`] : []),
    ...(count("ha.enable") > 0 ? ["HA is set as it was before the upgrade."] : []),
  ];
  return {
    sentences,
    recovery:
      "The backups stay on the nodes, and each is read again just before its database is dropped. The new containers are kept under another name.",
    verb: verbOf(drops, starts),
  };
}

function verbOf(drops: number, starts: number): string {
  if (drops > 0)
    return `Restore ${drops === 1 ? "1 database" : `${drops} databases`} and roll back`;
  if (starts > 0) return `Start ${starts === 1 ? "1 container" : `${starts} containers`} again`;
  return "Restore HA";
}

function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun} is` : `${number} ${noun}s are`;
}
