"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { deleteBackupsAction } from "#lib/actions/backups.ts";

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
  const router = useRouter();
  const [reason, setReason] = useState("");
  const what = dumps === 1 ? "1 dump" : `${dumps} dumps`;
  const button = (
    <Button size="sm" disabled={needed !== null} title={needed ?? undefined}>
      <Trash2 aria-hidden="true" />
      Delete {what}…
    </Button>
  );
  if (needed !== null) return button;
  return (
    <ConfirmDialog
      title={`Delete ${what} of ${deployment}?`}
      consequences={[
        "Their files are removed from the nodes, and their second copies with them.",
        `Run ${runId} can then never be rolled back with its databases.`,
        "The list and the audit keep that they were there, and who deleted them.",
      ]}
      recovery="Nothing brings the files back."
      name={deployment}
      action={`Delete ${what}`}
      trigger={button}
      onConfirm={async () => {
        if (reason.trim() === "") return "Give a reason first.";
        const answer = await deleteBackupsAction(runId, { confirmation: deployment, reason });
        if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
        setReason("");
        toast.success(`${what} deleted`);
        router.refresh();
        return undefined;
      }}
    >
      <Field label="Reason" hint="Kept in the list and in the audit with your name.">
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
