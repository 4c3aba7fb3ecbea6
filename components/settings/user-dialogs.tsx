"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useId } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { type Submit, useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { roleNames } from "#lib/domain/role-names.ts";
import type { UserView } from "#lib/operations/users.ts";

/** Makes an account; its password is told to the person some other way. */
export function NewUserDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("settings");
  const words = useTranslations("words");
  const router = useRouter();
  const create = useOperation("users.create", () => {
    toast.success(t("theUserWasAdded"));
    onOpenChange(false);
    router.refresh();
  });
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("addAUser")}
      verb={t("addTheUser")}
      submit={create}
      onSubmit={(data) =>
        create.submit({
          name: data.get("name"),
          email: data.get("email"),
          password: data.get("password"),
          role: data.get("role"),
        })
      }
    >
      <Field label={t("name")} name="name" error={create.fields.name}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field label={t("eMail")} name="email" error={create.fields.email}>
        {(control) => <Input {...control} type="email" autoComplete="off" />}
      </Field>
      <Field label={t("role")} name="role" error={create.fields.role}>
        {(control) => (
          <Select
            {...control}
            defaultValue="operator"
            options={roleNames.map((role) => ({
              value: role,
              label: words(`roles.${role}`),
              hint: words(`rolesMean.${role}`),
            }))}
          />
        )}
      </Field>
      <NewPassword error={create.fields.password} />
    </FormDialog>
  );
}

/** Gives somebody another password. */
export function ResetPasswordDialog({
  user,
  onClose,
}: {
  user: UserView | undefined;
  onClose: () => void;
}) {
  const t = useTranslations("settings");
  const reset = useOperation("users.set-password", () => {
    toast.success(t("thePasswordWasSet"));
    onClose();
  });
  return (
    <FormDialog
      open={user !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={t("setANewPasswordFor", { name: user?.name ?? "" })}
      description={t("resetHint")}
      verb={t("setThePassword")}
      submit={reset}
      onSubmit={(data) => user && reset.submit({ id: user.id, password: data.get("password") })}
    >
      <NewPassword error={reset.fields.password} />
    </FormDialog>
  );
}

function NewPassword({ error }: { error: string | undefined }) {
  const t = useTranslations("settings");
  return (
    <Field label={t("password")} name="password" error={error} hint={t("atLeast12Characters")}>
      {(control) => <PasswordInput {...control} autoComplete="new-password" />}
    </Field>
  );
}

interface FormDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** On the button. */
  verb: string;
  submit: Pick<Submit<never[]>, "pending" | "error" | "fields" | "reset">;
  onSubmit: (data: FormData) => void;
  children: ReactNode;
}

/** A short form in a dialog. */
export function FormDialog({
  open,
  onOpenChange,
  title,
  description,
  verb,
  submit,
  onSubmit,
  children,
}: FormDialogProps) {
  const t = useTranslations("settings");
  const id = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        submit.reset();
        onOpenChange(next);
      }}
      size="sm"
      title={title}
      {...(description && { description })}
      footer={
        <>
          <DialogClose>
            <Button>{t("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form={id} variant="primary" loading={submit.pending}>
            {verb}
          </Button>
        </>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        className="grid gap-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget));
        }}
      >
        <ActionErrors error={submit.error} fields={submit.fields} />
        {children}
      </form>
    </Dialog>
  );
}
