"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { useTranslations } from "#i18n";
import { gates as everyGate } from "#lib/domain/gates.ts";
import { gatesInOrder } from "#lib/domain/run-view/gate-words.ts";
import type { Gate } from "#lib/domain/step.ts";

export interface GateFieldsProps {
  gates: readonly Gate[];
  onChange: (gates: Gate[]) => void;
}

/** Where the run waits until a person lets it go on, each with what is true at that moment. */
export function GateFields({ gates, onChange }: GateFieldsProps) {
  const words = useTranslations("words");
  const t = useTranslations("wizard");
  return (
    <fieldset className="grid gap-2.5">
      <legend className="pb-1 font-medium text-sm">{t("gates")}</legend>
      <p className="text-muted text-xs">
        {t("gatesHint")} <HelpLink to="operations#when-a-run-is-paused" />
      </p>
      {everyGate.map((gate) => {
        const where = words(`gates.${gate}.where`);
        return (
          <Checkbox
            key={gate}
            label={`${where.charAt(0).toUpperCase()}${where.slice(1)}`}
            hint={words(`gates.${gate}.meanwhile`)}
            checked={gates.includes(gate)}
            onCheckedChange={(checked) =>
              onChange(
                checked === true
                  ? gatesInOrder([...gates, gate])
                  : gates.filter((other) => other !== gate),
              )
            }
          />
        );
      })}
    </fieldset>
  );
}
