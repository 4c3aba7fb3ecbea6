"use client";

import { useRouter } from "next/navigation";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { setUpAction } from "#lib/actions/setup.ts";

/** Makes the first administrator with the token that the server printed. */
export function SetupForm() {
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
        label="One-time token"
        name="token"
        required
        error={fields.token}
        hint="The server printed it when it started."
      >
        {(control) => <Input {...control} mono autoComplete="off" />}
      </Field>
      <Field label="Your name" name="name" required error={fields.name}>
        {(control) => <Input {...control} autoComplete="name" maxLength={80} />}
      </Field>
      <Field label="E-mail" name="email" required error={fields.email}>
        {(control) => <Input {...control} type="email" autoComplete="username" />}
      </Field>
      <Field
        label="Password"
        name="password"
        required
        error={fields.password}
        hint="At least 12 characters; a sentence is fine."
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" />}
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={pending}>
        Create the administrator
      </Button>
    </form>
  );
}
