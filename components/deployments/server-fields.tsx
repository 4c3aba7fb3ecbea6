"use client";

import { Field } from "#components/ui/field.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useTranslations } from "#i18n";
import { TextField, useForm } from "./form-context.tsx";
import { type ServerForm, valueAt } from "./form-model.ts";

/** Host, port, user and password of a MySQL server. */
export function ServerFields({ path }: { path: string }) {
  const t = useTranslations("deployments");
  const { form, set, errors } = useForm();
  const server = valueAt(form, path) as ServerForm;
  const hint = server.passwordId ? t("passwordFound") : t("passwordStored");
  return (
    <>
      <TextField
        path={`${path}.host`}
        label={t("host")}
        mono
        hint={t("serverHint")}
        className="lg:col-span-3"
      />
      <TextField path={`${path}.port`} label={t("port")} mono inputMode="numeric" />
      <TextField
        path={`${path}.user`}
        label={t("user")}
        mono
        placeholder="root@oms#obcluster"
        className="lg:col-span-2"
      />
      <Field
        label={t("password")}
        name={`${path}.password`}
        error={errors[`${path}.password`]}
        className="lg:col-span-2"
        {...(server.stored && { hint })}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            value={server.password}
            placeholder={server.stored ? "••••••••" : ""}
            onChange={(event) => set(`${path}.password`, event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
