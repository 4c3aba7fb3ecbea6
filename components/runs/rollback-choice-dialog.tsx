"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { RollbackChoice } from "#lib/domain/rollback.ts";

export interface RollbackChoiceDialogProps {
  /** The releases that can be gone back to; null keeps the dialog closed. */
  choices: readonly RollbackChoice[] | null;
  planning: boolean;
  onChoose: (hop: number) => void;
  onClose: () => void;
}

/** Which release to go back to: after an upgrade in several hops there is more than one. */
export function RollbackChoiceDialog(props: RollbackChoiceDialogProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  const { choices, planning, onChoose, onClose } = props;
  const [picked, setPicked] = useState<number>();
  // The beginning is what a rollback means unless somebody says otherwise.
  const possible = choices?.filter(({ whyNot }) => whyNot === null) ?? [];
  const hop = picked ?? possible.at(-1)?.hop;
  const version = choices?.find((choice) => choice.hop === hop)?.version;
  return (
    <Dialog
      title={t("rollBackToWhichRelease")}
      description={t("madeInHops")}
      open={choices !== null}
      onOpenChange={(open) => {
        if (!open && !planning) onClose();
      }}
      footer={
        <>
          <DialogClose>
            <Button disabled={planning}>{t("cancelWord")}</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={planning}
            disabled={hop === undefined}
            {...(hop !== undefined && { onClick: () => onChoose(hop) })}
          >
            {version ? t("planTheRollbackTo", { version }) : t("planTheRollback")}
          </Button>
        </>
      }
    >
      <RadioCards
        aria-label={t("releaseToRollBackTo")}
        {...(hop !== undefined && { value: String(hop) })}
        onValueChange={(value) => setPicked(Number(value))}
        options={(choices ?? []).map((choice) => ({
          value: String(choice.hop),
          title: choice.version,
          ...(choice.hop === 1 && { aside: t("theBeginning") }),
          disabled: choice.whyNot !== null,
          description: choice.whyNot
            ? said(choice.whyNot)
            : choice.consequences.map(said).join(t("sentenceJoin")),
        }))}
      />
    </Dialog>
  );
}
