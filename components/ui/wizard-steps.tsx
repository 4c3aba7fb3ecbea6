import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";

export interface WizardStep {
  label: string;
  /** Lets a finished step be opened again. */
  href?: string;
}

export interface WizardStepsProps {
  /** "Add a deployment" */
  label: string;
  steps: readonly WizardStep[];
  /** Index of the current step, from 0. */
  current: number;
}

/** Where one is in a sequence of forms. */
export function WizardSteps({ label, steps, current }: WizardStepsProps) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={label}>
      <p className="text-muted text-sm sm:hidden">
        {t.rich("stepOf", {
          current: current + 1,
          steps: steps.length,
          label: steps[current]?.label ?? "",
          span: (chunks) => <span className="font-medium text-fg">{chunks}</span>,
        })}
      </p>
      <ol className="flex items-center gap-3 max-sm:hidden">
        {steps.map((step, index) => {
          const done = index < current;
          const here = index === current;
          const text = (
            <>
              <span
                className={cn(
                  "grid size-5 place-items-center rounded-full border text-2xs",
                  done && "border-ok bg-ok text-raised",
                  here && "border-accent bg-accent text-accent-contrast",
                  !done && !here && "border-control text-muted",
                )}
              >
                {done ? <Check className="size-3" strokeWidth={3} aria-hidden="true" /> : index + 1}
              </span>
              {step.label}
              <span className="sr-only">
                {done ? t("done") : here ? t("current") : t("notYet")}
              </span>
            </>
          );
          const className = cn(
            "inline-flex items-center gap-2 whitespace-nowrap rounded-sm text-sm",
            here ? "font-medium text-fg" : "text-muted",
          );
          return (
            <li
              key={step.label}
              {...(here && { "aria-current": "step" as const })}
              className="flex items-center gap-3"
            >
              {index > 0 && <span aria-hidden="true" className="h-px w-6 bg-line-strong" />}
              {done && step.href ? (
                <Link href={step.href} className={cn(className, "hover:text-fg")}>
                  {text}
                </Link>
              ) : (
                <span className={className}>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
