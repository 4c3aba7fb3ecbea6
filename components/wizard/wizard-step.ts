import type { PlanView } from "#lib/services/views.ts";

const steps = ["target", "checks", "plan", "start"] as const;
export type Step = (typeof steps)[number];

const labels: Record<Step, string> = {
  target: "Target",
  checks: "Checks",
  plan: "Plan",
  start: "Start",
};

/** The step that an address means: never further than its plan allows. */
export function stepOf(
  text: string | string[] | undefined,
  plan: Pick<PlanView, "passes"> | null,
): Step {
  if (!plan) return "target";
  const step = steps.find((one) => one === text) ?? "checks";
  return plan.passes || step === "target" ? step : "checks";
}

/** The steps for the line above the wizard; those behind can be opened again. */
export function wizardSteps(
  deploymentId: string,
  step: Step,
  plan: Pick<PlanView, "id"> | null,
): { steps: { label: string; href?: string }[]; current: number } {
  return {
    current: steps.indexOf(step),
    steps: steps.map((one) => ({
      label: labels[one],
      ...(plan && { href: `/deployments/${deploymentId}/upgrade?plan=${plan.id}&step=${one}` }),
    })),
  };
}
