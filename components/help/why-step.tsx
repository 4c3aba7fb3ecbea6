import { HelpLink } from "#components/ui/help-link.tsx";
import { useTranslations } from "#i18n";
import type { StepKind } from "#lib/domain/step.ts";
import { stepPages } from "./step-pages.ts";

/** Why a plan has such a step, by which rule, and where the documentation says more. */
export function WhyStep({ kind }: { kind: StepKind }) {
  const t = useTranslations("help");
  return (
    <>
      {t(`steps.${kind}`)} <HelpLink to={stepPages[kind]} />
    </>
  );
}
