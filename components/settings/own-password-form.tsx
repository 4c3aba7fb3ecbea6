"use client";

import { useRouter } from "next/navigation";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useTranslations } from "#i18n";

/** Changes one's own password. */
export function OwnPasswordForm() {
  const t = useTranslations("settings");
  const router = useRouter();
  const { submit, pending, error, fields } = useOperation("account.set-password", () => {
    router.replace("/login");
    router.refresh();
  });
  return (
    <form
      method="post"
      noValidate
      className="grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        submit({ current: data.get("current"), password: data.get("password") });
      }}
    >
      <ActionErrors error={error} fields={fields} />
      <Field label={t("currentPassword")} name="current" error={fields.current}>
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </Field>
      <Field
        label={t("newPassword")}
        name="password"
        error={fields.password}
        hint={t("atLeast12Characters")}
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </Field>
      <div>
        <Button type="submit" variant="primary" loading={pending}>
          {t("changeThePassword")}
        </Button>
      </div>
    </form>
  );
}
