"use client";

import { useId } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { CredentialId } from "#lib/domain/ids.ts";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { CredentialFields, credentialInput } from "./credential-fields.tsx";

export interface CredentialDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one to change; without it a new one is made. */
  credential?: CredentialView | undefined;
  onSaved: (credential: CredentialView) => void;
}

/** Makes a credential, or changes the one with this id. */
export function saveCredential(
  credentialId: CredentialId | undefined,
  input: ReturnType<typeof credentialInput>,
) {
  return credentialId
    ? call("credentials.update", { credentialId, ...input })
    : call("credentials.create", input);
}

/** Makes or changes an SSH credential. */
export function CredentialDialog({
  open,
  onOpenChange,
  credential,
  onSaved,
}: CredentialDialogProps) {
  const t = useTranslations("deployments");
  const id = useId();
  const { submit, pending, error, fields, reset } = useSubmit(saveCredential, (saved) => {
    onSaved(saved);
    onOpenChange(false);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        reset();
        onOpenChange(next);
      }}
      title={credential ? t("change", { name: credential.name }) : t("newCredential")}
      description={t("credentialHint")}
      footer={
        <>
          <DialogClose>
            <Button>{t("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form={id} variant="primary" loading={pending}>
            {t("saveTheCredential")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        className="grid gap-4 pt-1 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          // The dialog is a portal: React would hand the event on to the form around it.
          event.stopPropagation();
          submit(credential?.id, credentialInput(new FormData(event.currentTarget), "cred-"));
        }}
      >
        <div className="empty:hidden sm:col-span-2">
          <ActionErrors error={error} fields={prefixed(fields)} />
        </div>
        <CredentialFields prefix="cred-" credential={credential} errors={fields} />
      </form>
    </Dialog>
  );
}

function prefixed(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [`cred-${name}`, text]));
}
