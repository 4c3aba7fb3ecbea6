"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslations } from "#i18n";
import type { CredentialView } from "#lib/operations/credentials.ts";
import type { InputOf, Unchecked } from "#lib/operations/table.ts";

export interface CredentialFieldsProps {
  /** Set before every field's name, so that two such forms can be on one page. */
  prefix: string;
  credential?: CredentialView | undefined;
  errors: Record<string, string>;
  /** What a new one is called when no name is given; without it a name is needed. */
  name?: string;
}

/** The fields of an SSH credential. Stored secrets are never shown: an empty box keeps them. */
export function CredentialFields({ prefix, credential, errors, name = "" }: CredentialFieldsProps) {
  const t = useTranslations("deployments");
  const [method, setMethod] = useState(credential?.method ?? "password");
  const kept = (stored: boolean | undefined) => (stored ? t("storedLeaveEmptyToKeep") : "");
  return (
    <>
      <Field label={t("user")} name={`${prefix}username`} error={errors.username}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            defaultValue={credential?.username ?? "root"}
          />
        )}
      </Field>
      <Field label={t("signInMethod")} name={`${prefix}method`}>
        {(control) => (
          <Select
            {...control}
            value={method}
            onValueChange={setMethod}
            options={[
              { value: "password", label: t("password") },
              { value: "key", label: t("privateKey") },
            ]}
          />
        )}
      </Field>
      {method === "password" ? (
        <Secret
          label={t("sshPassword")}
          name={`${prefix}password`}
          error={errors.password}
          placeholder={kept(credential?.hasPassword)}
        />
      ) : (
        <>
          <Field
            label={t("privateKey")}
            name={`${prefix}privateKey`}
            error={errors.privateKey}
            hint={t("privateKeyHint")}
            className="sm:col-span-2"
          >
            {(control) => (
              <Textarea
                {...control}
                mono
                rows={4}
                autoComplete="off"
                placeholder={
                  kept(credential?.hasPrivateKey) || "-----BEGIN OPENSSH PRIVATE KEY-----"
                }
              />
            )}
          </Field>
          <Secret
            label={t("passphrase")}
            name={`${prefix}passphrase`}
            error={errors.passphrase}
            placeholder={kept(credential?.hasPassphrase)}
            optional
          />
        </>
      )}
      <Secret
        label={t("sudoPassword")}
        name={`${prefix}sudoPassword`}
        error={errors.sudoPassword}
        placeholder={kept(credential?.hasSudoPassword)}
        hint={t("sudoHint")}
        optional
      />
      <Field
        label={t("nameOfTheCredential")}
        name={`${prefix}name`}
        error={errors.name}
        {...(name !== "" && { optional: true })}
        hint={t("credentialNameHint")}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            defaultValue={credential?.name ?? ""}
            placeholder={name}
          />
        )}
      </Field>
    </>
  );
}

interface SecretProps {
  label: string;
  name: string;
  error: string | undefined;
  placeholder: string;
  hint?: string;
  optional?: boolean;
}

function Secret({ label, name, error, placeholder, hint, optional }: SecretProps) {
  return (
    <Field label={label} name={name} error={error} hint={hint} {...(optional && { optional })}>
      {(control) => (
        <PasswordInput {...control} autoComplete="new-password" placeholder={placeholder} />
      )}
    </Field>
  );
}

/** What the fields hold, as the service takes it. */
export function credentialInput(
  data: FormData,
  prefix: string,
): Unchecked<InputOf<"credentials.create">> {
  const fields = [
    "name",
    "username",
    "method",
    "password",
    "privateKey",
    "passphrase",
    "sudoPassword",
  ];
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = data.get(prefix + field);
      return typeof value === "string" ? [[field, value]] : [];
    }),
  ) as Unchecked<InputOf<"credentials.create">>;
}
