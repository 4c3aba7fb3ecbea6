"use client";

import { type ReactElement, useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslations } from "#i18n";

export interface ReasonDialogProps {
  title: string;
  /** What follows from it, one sentence each. */
  consequences: readonly string[];
  /** The verb on the button. */
  action: string;
  /** The word on the button that leaves everything as it is. */
  dismiss?: string;
  tone?: "danger" | "primary";
  /** Whether it can be confirmed without a word; a note then, and no reason. */
  text?: "required" | "optional";
  trigger: ReactElement;
  /** @returns a message to keep the dialog open with */
  onConfirm: (reason: string) => Promise<string | undefined>;
}

/** Asks for what only a person can answer for, with the reason that the audit keeps. */
export function ReasonDialog({
  onConfirm,
  tone = "danger",
  text = "required",
  ...dialog
}: ReasonDialogProps) {
  const t = useTranslations("runs");
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      {...dialog}
      tone={tone}
      onConfirm={async () => {
        if (text === "required" && reason.trim() === "") return t("giveAReasonFirst");
        const problem = await onConfirm(reason.trim());
        if (problem === undefined) setReason("");
        return problem;
      }}
    >
      <Field
        label={text === "required" ? t("reason") : t("note")}
        optional={text === "optional"}
        hint={t("reasonHint")}
      >
        {(control) => (
          <Textarea
            {...control}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
