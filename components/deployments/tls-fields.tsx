"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslations } from "#i18n";
import { partsOfUse, type TlsMode, type TlsPart, tlsModes } from "#lib/domain/tls-modes.ts";
import { useForm } from "./form-context.tsx";
import { type TlsForm, valueAt } from "./form-model.ts";

const begins: Record<TlsPart, string> = {
  ca: "-----BEGIN CERTIFICATE-----",
  certificate: "-----BEGIN CERTIFICATE-----",
  key: "-----BEGIN PRIVATE KEY-----",
  publicKey: "-----BEGIN PUBLIC KEY-----",
};

/** How a MySQL server is reached: the TLS mode, and what it needs. */
export function TlsFields({ path }: { path: string }) {
  const t = useTranslations("deployments");
  const { form, set, errors } = useForm();
  const tls = valueAt(form, path) as TlsForm;
  const uses = partsOfUse[tls.mode];
  return (
    <>
      <Field
        label="TLS"
        name={`${path}.mode`}
        error={errors[`${path}.mode`]}
        hint={
          <>
            {t(`tlsHints.${tls.mode}`)} <HelpLink to="operations#tls-to-the-metadb" />
          </>
        }
        className="lg:col-span-2"
      >
        {({ name: _, ...control }) => (
          <Select
            {...control}
            value={tls.mode}
            onValueChange={(mode: TlsMode) => set(`${path}.mode`, mode)}
            options={tlsModes.map((value) => ({
              value,
              label: value,
              hint: t(`tlsHints.${value}`),
            }))}
          />
        )}
      </Field>
      {uses.includes("ca") && (
        <Pem path={path} part="ca" tls={tls} label={t("caCertificate")} className="lg:col-span-4" />
      )}
      {uses.includes("key") && (
        <Checkbox
          className="sm:col-span-2 lg:col-span-6"
          label={t("withClientCertificate")}
          checked={tls.withCertificate}
          onCheckedChange={(on) => set(`${path}.withCertificate`, on)}
        />
      )}
      {uses.includes("key") && tls.withCertificate && (
        <>
          <Pem path={path} part="certificate" tls={tls} label={t("clientCertificate")} />
          <Pem path={path} part="key" tls={tls} label={t("clientKey")} />
        </>
      )}
      {uses.includes("publicKey") && (
        <Checkbox
          className="sm:col-span-2 lg:col-span-6"
          label={t("withPublicKey")}
          hint={t("withPublicKeyHint")}
          checked={tls.withPublicKey}
          onCheckedChange={(on) => set(`${path}.withPublicKey`, on)}
        />
      )}
      {uses.includes("publicKey") && tls.withPublicKey && (
        <Pem path={path} part="publicKey" tls={tls} label={t("publicKey")} />
      )}
    </>
  );
}

interface PemProps {
  path: string;
  part: TlsPart;
  tls: TlsForm;
  label: string;
  className?: string;
}

/** A file in PEM; one that is stored is not shown, and an empty box keeps it. */
function Pem({ path, part, tls, label, className = "lg:col-span-3" }: PemProps) {
  const t = useTranslations("deployments");
  const { set, errors } = useForm();
  const name = `${path}.${part}`;
  return (
    <Field label={label} name={name} error={errors[name]} className={`sm:col-span-2 ${className}`}>
      {(control) => (
        <Textarea
          {...control}
          mono
          rows={4}
          autoComplete="off"
          value={tls[part]}
          placeholder={tls.stored.includes(part) ? t("storedLeaveEmptyToKeep") : begins[part]}
          onChange={(event) => set(name, event.target.value)}
        />
      )}
    </Field>
  );
}
