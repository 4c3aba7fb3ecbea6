"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslations } from "#i18n";
import { FormDialog } from "./user-dialogs.tsx";

/** Makes a token and shows it, once. */
export function NewTokenDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [token, setToken] = useState<string>();
  const create = useOperation("tokens.create", (made) => {
    setToken(made.token);
    router.refresh();
  });
  const close = () => {
    setToken(undefined);
    onOpenChange(false);
  };
  if (token) {
    return (
      <Dialog
        open={open}
        onOpenChange={close}
        role="alertdialog"
        title={t("copyTheTokenNow")}
        description={t("shownOnce")}
        footer={
          <DialogClose>
            <Button variant="primary">{t("iHaveCopiedIt")}</Button>
          </DialogClose>
        }
      >
        <CodeBlock code={token} label={t("apiToken")} wrap />
      </Dialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("makeAToken")}
      verb={t("makeTheToken")}
      submit={create}
      onSubmit={(data) => {
        const days = data.get("expiresInDays");
        create.submit({
          name: data.get("name"),
          expiresInDays: days === "never" ? null : days,
        });
      }}
    >
      <Field label={t("name")} name="name" error={create.fields.name} hint={t("whatItIsFor")}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field label={t("endsAfter")} name="expiresInDays" error={create.fields.expiresInDays}>
        {(control) => (
          <Select
            {...control}
            defaultValue="90"
            options={[
              { value: "7", label: t("n7Days") },
              { value: "30", label: t("n30Days") },
              { value: "90", label: t("n90Days") },
              { value: "365", label: t("n1Year") },
              { value: "never", label: t("never") },
            ]}
          />
        )}
      </Field>
    </FormDialog>
  );
}
