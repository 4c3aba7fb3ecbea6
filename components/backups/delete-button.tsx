"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";

export interface DeleteButtonProps {
  runId: string;
  /** The deployment's name, to be typed. */
  deployment: string;
  dumps: number;
  /** Why they cannot be deleted now; null: they can. */
  needed: string | null;
}

/** Deletes the files of a run's backups, once the deployment's name was typed. */
export function DeleteButton({ runId, deployment, dumps, needed }: DeleteButtonProps) {
  const t = useTranslations("backups");
  const router = useRouter();
  const [reason, setReason] = useState("");
  const what = t("dumps", { dumps });
  const button = (
    <Button size="sm" disabled={needed !== null} title={needed ?? undefined}>
      <Trash2 aria-hidden="true" />
      {t("deleteAsk", { what })}
    </Button>
  );
  if (needed !== null) return button;
  return (
    <ConfirmDialog
      title={t("deleteQuestion", { what, deployment })}
      consequences={[t("filesGo"), t("noWayBack", { runId }), t("listKeeps")]}
      recovery={t("nothingBringsTheFilesBack")}
      name={deployment}
      action={t("deleteNow", { what })}
      trigger={button}
      onConfirm={async () => {
        if (reason.trim() === "") return t("giveAReasonFirst");
        const answer = await call("backups.delete", {
          ...{ runId, reason, confirmation: deployment },
        });
        if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
        setReason("");
        toast.success(t("wereDeleted", { what }));
        router.refresh();
        return undefined;
      }}
    >
      <Field label={t("reason")} hint={t("reasonHint")}>
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
