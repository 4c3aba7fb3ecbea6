"use client";

import { Field } from "#components/ui/field.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { TextField, useForm } from "./form-context.tsx";
import { type ServerForm, valueAt } from "./form-model.ts";

/** Host, port, user and password of a MySQL server. */
export function ServerFields({ path }: { path: string }) {
  const { form, set, errors } = useForm();
  const server = valueAt(form, path) as ServerForm;
  const hint = server.passwordId
    ? "Found in config.yaml and sealed. Type one only to use another."
    : "Stored, sealed. Type one only to replace it.";
  return (
    <>
      <TextField
        path={`${path}.host`}
        label="Host"
        mono
        hint="As the nodes reach it."
        className="lg:col-span-2"
      />
      <TextField path={`${path}.port`} label="Port" mono inputMode="numeric" />
      <TextField path={`${path}.user`} label="User" mono placeholder="root@oms#obcluster" />
      <Field
        label="Password"
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
