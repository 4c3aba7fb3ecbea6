import type { Plan } from "#lib/domain/plan.ts";
import type { StepKind } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";

export interface RollbackConsequences {
  sentences: string[];
  recovery: string;
  verb: string;
}

/** What confirming a rollback plan does, in the words of its last question. Pure. */
export function rollbackConsequences(plan: Plan, t: Translator<"runs">): RollbackConsequences {
  const count = (kind: StepKind) => plan.steps.filter((step) => step.kind === kind).length;
  const [stops, drops] = [count("container.stop"), count("database.recreate")];
  const starts = count("container.restart");
  const sentences = [
    ...(stops > 0 ? [t("newStop", { count: stops })] : []),
    ...(drops > 0 ? [t("databasesRestored", { count: drops }), t("writesLost")] : []),
    ...(starts > 0 ? [t("oldStart", { count: starts })] : []),
    ...(count("ha.enable") > 0 ? [t("haAsBefore")] : []),
  ];
  return {
    sentences,
    recovery: t("backupsStay"),
    verb: verbOf(drops, starts, t),
  };
}

function verbOf(drops: number, starts: number, t: Translator<"runs">): string {
  if (drops > 0) return t("restoreVerb", { drops });
  if (starts > 0) return t("startVerb", { starts });
  return t("haVerb");
}
