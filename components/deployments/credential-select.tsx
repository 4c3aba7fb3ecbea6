"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslations } from "#i18n";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { CredentialDialog } from "./credential-dialog.tsx";

const makeNew = "new";

export interface CredentialSelectProps {
  name: string;
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
  credentials: readonly CredentialView[];
  /** One was made here. */
  onCredential: (credential: CredentialView) => void;
  className?: string;
}

/** Chooses how to sign in to a host; a new way can be made on the spot. */
export function CredentialSelect({
  name,
  value,
  onChange,
  error,
  credentials,
  onCredential,
  className,
}: CredentialSelectProps) {
  const t = useTranslations("deployments");
  const [making, setMaking] = useState(false);
  return (
    <Field label={t("credential")} name={name} error={error} {...(className && { className })}>
      {({ name: _, ...control }) => (
        <>
          <Select
            {...control}
            value={value}
            onValueChange={(next) => (next === makeNew ? setMaking(true) : onChange(next))}
            options={[
              ...credentials.map((one) => ({
                value: one.id as string,
                label: one.name,
                hint: `${one.username}, ${one.method === "key" ? t("methods.key") : t("methods.password")}`,
              })),
              { value: makeNew, label: t("newCredentialAsk") },
            ]}
          />
          <CredentialDialog
            open={making}
            onOpenChange={setMaking}
            onSaved={(saved) => {
              onCredential(saved);
              onChange(saved.id);
            }}
          />
        </>
      )}
    </Field>
  );
}
