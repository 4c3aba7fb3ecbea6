import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";
import type { Leg } from "#lib/domain/plan.ts";

/** Which leg of a run that has two is shown. */
export function LegSwitch({ leg, onChange }: { leg: Leg; onChange: (leg: Leg) => void }) {
  const t = useTranslations("runs");
  return (
    <fieldset className="flex w-fit gap-1 rounded-md border bg-sunken p-0.5">
      <legend className="sr-only">{t("legShown")}</legend>
      {(["forward", "rollback"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === leg}
          onClick={() => onChange(each)}
          className={cn(
            "h-7 rounded-sm px-3 text-sm",
            each === leg ? "bg-raised font-medium" : "text-muted hover:text-fg",
          )}
        >
          {t(`legs.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
