import type { Translator } from "#lib/i18n/types.ts";
import type { PlanView } from "#lib/services/views.ts";

const steps = ["target", "checks", "plan", "start"] as const;
export type Step = (typeof steps)[number];

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
  t: Translator<"wizard">,
): { steps: { label: string; href?: string }[]; current: number } {
  return {
    current: steps.indexOf(step),
    steps: steps.map((one) => ({
      label: t(`steps.${one}`),
      ...(plan && { href: `/deployments/${deploymentId}/upgrade?plan=${plan.id}&step=${one}` }),
    })),
  };
}
