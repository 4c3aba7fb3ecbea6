"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { createTokenAction } from "#lib/actions/tokens.ts";
import { FormDialog } from "./user-dialogs.tsx";

/** Makes a token and shows it, once. */
export function NewTokenDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const [token, setToken] = useState<string>();
  const create = useSubmit(createTokenAction, (made) => {
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
        title="Copy the token now"
        description="It is shown this once and cannot be read again."
        footer={
          <DialogClose>
            <Button variant="primary">I have copied it</Button>
          </DialogClose>
        }
      >
        <CodeBlock code={token} label="API token" wrap />
      </Dialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Make a token"
      verb="Make the token"
      submit={create}
      onSubmit={(data) => {
        const days = data.get("expiresInDays");
        create.submit({
          name: data.get("name"),
          expiresInDays: days === "never" ? null : days,
        });
      }}
    >
      <Field label="Name" name="name" error={create.fields.name} hint="What it is for.">
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field label="Ends after" name="expiresInDays" error={create.fields.expiresInDays}>
        {(control) => (
          <Select
            {...control}
            defaultValue="90"
            options={[
              { value: "7", label: "7 days" },
              { value: "30", label: "30 days" },
              { value: "90", label: "90 days" },
              { value: "365", label: "1 year" },
              { value: "never", label: "Never" },
            ]}
          />
        )}
      </Field>
    </FormDialog>
  );
}
