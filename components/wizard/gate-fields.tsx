"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";
import { gatesInOrder, gateWords } from "#lib/domain/run-view/gate-words.ts";
import { Gate } from "#lib/domain/step.ts";

export interface GateFieldsProps {
  gates: readonly Gate[];
  onChange: (gates: Gate[]) => void;
}

/** Where the run waits until a person lets it go on, each with what is true at that moment. */
export function GateFields({ gates, onChange }: GateFieldsProps) {
  return (
    <fieldset className="grid gap-2.5">
      <legend className="pb-1 font-medium text-sm">Gates</legend>
      <p className="text-muted text-xs">
        Optional. The run waits there until an approver, an operator or an administrator lets it go
        on.
      </p>
      {Gate.options.map((gate) => {
        const { where, meanwhile } = gateWords[gate];
        return (
          <Checkbox
            key={gate}
            label={`${where.charAt(0).toUpperCase()}${where.slice(1)}`}
            hint={meanwhile}
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
