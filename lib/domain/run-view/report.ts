import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import { compareSurveys, type SurveyComparison, surveyFrom } from "../survey.ts";

/** What the upgrade has changed, seen before and after it; null when one of the looks was not taken. */
export function changesOf(plan: Plan, state: RunState): SurveyComparison | null {
  const steps = plan.steps.map(({ id, kind, params }) => ({
    kind,
    moment: "moment" in params ? params.moment : null,
    output: state.steps[id]?.output,
  }));
  const [before, after] = [surveyFrom(steps, "before"), surveyFrom(steps, "after")];
  return before && after ? compareSurveys(before, after) : null;
}
