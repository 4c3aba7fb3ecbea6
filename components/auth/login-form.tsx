"use client";

import { useRouter } from "next/navigation";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useTranslations } from "#i18n";
import { signInAction } from "#lib/actions/sign-in.ts";

/** Asks who one is. The words of a refusal never say which half was wrong. */
export function LoginForm() {
  const t = useTranslations("auth");
  const router = useRouter();
  const { submit, pending, error } = useSubmit(signInAction, () => {
    router.replace("/");
    router.refresh();
  });
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        submit({ email: String(data.get("email")), password: String(data.get("password")) });
      }}
    >
      <ActionErrors error={error} />
      <Field label={t("eMail")} name="email" required>
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus />}
      </Field>
      <Field label={t("password")} name="password" required>
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={pending}>
        {t("signIn")}
      </Button>
    </form>
  );
}
