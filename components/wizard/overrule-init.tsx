"use client";

import { ReasonDialog } from "#components/runs/reason-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  evidenceWords,
  type InitDecision,
  type InitOverrule,
  placeWords,
  riskOf,
} from "#lib/domain/init-decision.ts";

export interface OverruleInitProps {
  decision: InitDecision;
  overrules: readonly InitOverrule[];
  /** Checks again and makes a new plan with these. */
  onChange: (overrules: InitOverrule[]) => void;
}

/** Decides otherwise than the files of a region say, with the reason; or takes that back. */
export function OverruleInit({ decision, overrules, onChange }: OverruleInitProps) {
  const { regionId, region, nodes, ruled, overruledBecause } = decision;
  if (nodes.length < 2) return null;
  const others = overrules.filter((one) => one.regionId !== regionId);
  if (overruledBecause !== null) {
    return (
      <Button size="sm" onClick={() => onChange(others)}>
        Go by the files again
      </Button>
    );
  }
  const mode = ruled === "once" ? "each" : "once";
  const place = placeWords({ mode, nodes });
  return (
    <ReasonDialog
      title={`Run docker_init.sh in ${region} ${place}?`}
      consequences={[
        `${evidenceWords(decision)} By that it runs ${placeWords(decision)}.`,
        riskOf(mode),
        "Everything is checked again, and a new plan is made.",
      ]}
      action="Overrule"
      dismiss="Go by the files"
      tone="primary"
      trigger={<Button size="sm">Overrule…</Button>}
      onConfirm={async (reason) => {
        onChange([...others, { regionId, mode, reason }]);
        return undefined;
      }}
    />
  );
}
