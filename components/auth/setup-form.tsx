"use client";

import { useRouter } from "next/navigation";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useTranslations } from "#i18n";
import { setUpAction } from "#lib/actions/sign-in.ts";

/** Makes the first administrator with the token that the server printed. */
export function SetupForm() {
  const t = useTranslations("auth");
  const router = useRouter();
  const { submit, pending, error, fields } = useSubmit(setUpAction, () => {
    router.replace("/");
    router.refresh();
  });
  return (
    <form
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) ?? "");
        submit({
          token: text("token"),
          name: text("name"),
          email: text("email"),
          password: text("password"),
        });
      }}
    >
      <ActionErrors error={error} fields={fields} />
      <Field
        label={t("oneTimeToken")}
        name="token"
        required
        error={fields.token}
        hint={t("tokenHint")}
      >
        {(control) => <Input {...control} mono autoComplete="off" />}
      </Field>
      <Field label={t("yourName")} name="name" required error={fields.name}>
        {(control) => <Input {...control} autoComplete="name" maxLength={80} />}
      </Field>
      <Field label={t("eMail")} name="email" required error={fields.email}>
        {(control) => <Input {...control} type="email" autoComplete="username" />}
      </Field>
      <Field
        label={t("password")}
        name="password"
        required
        error={fields.password}
        hint={t("passwordHint")}
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={pending}>
        {t("createTheAdministrator")}
      </Button>
    </form>
  );
}
