"use client";

import { ReasonDialog } from "#components/runs/reason-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { InitDecision, InitOverrule } from "#lib/domain/init-decision.ts";
import { evidenceWords, placeWords, riskOf } from "#lib/domain/init-words.ts";

export interface OverruleInitProps {
  decision: InitDecision;
  overrules: readonly InitOverrule[];
  /** Checks again and makes a new plan with these. */
  onChange: (overrules: InitOverrule[]) => void;
}

/** Decides otherwise than the files of a region say, with the reason; or takes that back. */
export function OverruleInit({ decision, overrules, onChange }: OverruleInitProps) {
  const said = useSaid();
  const t = useTranslations("wizard");
  const { regionId, region, nodes, ruled, overruledBecause } = decision;
  if (nodes.length < 2) return null;
  const others = overrules.filter((one) => one.regionId !== regionId);
  if (overruledBecause !== null) {
    return (
      <Button size="sm" onClick={() => onChange(others)}>
        {t("goByTheFilesAgain")}
      </Button>
    );
  }
  const mode = ruled === "once" ? "each" : "once";
  const place = said(placeWords({ mode, nodes }));
  return (
    <ReasonDialog
      title={t("overruleQuestion", { region, place })}
      consequences={[
        t("overruleEvidence", {
          evidence: said(evidenceWords(decision)),
          place: said(placeWords(decision)),
        }),
        said(riskOf(mode)),
        t("overruleThen"),
      ]}
      action={t("overrule")}
      dismiss={t("goByTheFiles")}
      tone="primary"
      trigger={<Button size="sm">{t("overruleAsk")}</Button>}
      onConfirm={async (reason) => {
        onChange([...others, { regionId, mode, reason }]);
        return undefined;
      }}
    />
  );
}
