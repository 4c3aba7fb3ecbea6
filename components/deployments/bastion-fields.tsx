"use client";

import { useState } from "react";
import { useOperation } from "#components/forms/use-submit.ts";
import { cn } from "#components/ui/class-names.ts";
import { Field } from "#components/ui/field.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { Input } from "#components/ui/input.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { CredentialSelect } from "./credential-select.tsx";
import { type EnteredHost, type SshForm, sshInput } from "./form-model.ts";
import { HostKey } from "./host-key.tsx";

export interface BastionFieldsProps {
  /** Names of the boxes begin with it: "regions.0.bastion". */
  path: string;
  bastion: EnteredHost;
  /** Changes it as it is by then, since answers take a while. */
  onChange: (change: (now: EnteredHost) => EnteredHost) => void;
  /** Messages by the names of the boxes. */
  errors: Record<string, string>;
  credentials: readonly CredentialView[];
  onCredential: (credential: CredentialView) => void;
  className?: string;
}

/** The SSH server through which nodes are reached: host, port, credential, its own pinned key. */
export function BastionFields({
  path,
  bastion,
  onChange,
  errors,
  credentials,
  onCredential,
  className,
}: BastionFieldsProps) {
  const t = useTranslations("deployments");
  const [user, setUser] = useState<string>();
  const test = useOperation("hosts.test-bastion", (seen) => setUser(seen.user));
  const { ssh } = bastion;
  const name = (field: keyof SshForm) => `${path}.ssh.${field}`;
  const change = (fields: Partial<SshForm>) =>
    onChange((now) => ({ ...now, ssh: { ...now.ssh, ...fields } }));
  // The pinned key belongs to an address: another address has another key.
  const move = (fields: Partial<SshForm>) =>
    onChange((now) => ({
      presented: null,
      ssh: { ...now.ssh, ...fields, hostKeyFingerprint: "" },
    }));
  return (
    <fieldset
      aria-label={t("bastion")}
      className={cn("grid min-w-0 gap-4 border-t pt-4 sm:grid-cols-2 lg:grid-cols-6", className)}
    >
      <Field
        label={t("bastionHost")}
        name={name("host")}
        error={errors[name("host")]}
        hint={
          <>
            {t("bastionHostHint")} <HelpLink to="operations#behind-a-bastion" />
          </>
        }
        className="lg:col-span-2"
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            value={ssh.host}
            onChange={(event) => move({ host: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("bastionPort")} name={name("port")} error={errors[name("port")]}>
        {(control) => (
          <Input
            {...control}
            mono
            inputMode="numeric"
            autoComplete="off"
            value={ssh.port}
            onChange={(event) => move({ port: event.target.value })}
          />
        )}
      </Field>
      <CredentialSelect
        name={name("credentialId")}
        value={ssh.credentialId}
        onChange={(credentialId) => change({ credentialId })}
        error={errors[name("credentialId")]}
        credentials={credentials}
        onCredential={onCredential}
        className="lg:col-span-3"
      />
      <HostKey
        host={bastion}
        id={name("hostKeyFingerprint")}
        error={errors[name("hostKeyFingerprint")]}
        label={t("theBastion")}
        bastion={null}
        test={{
          run: (given) => test.submit(sshInput(given)),
          pending: test.pending,
          trouble: test.error && `${test.error.message} ${test.error.remedy}`,
          report: user && (
            <p role="status">
              <StateBadge state="pass" label={t("signedInAs", { user })} className="text-xs" />
            </p>
          ),
        }}
        onChange={(next) => onChange((now) => ({ ...now, ...next }))}
        onPin={(hostKeyFingerprint) =>
          onChange((now) => ({ presented: null, ssh: { ...now.ssh, hostKeyFingerprint } }))
        }
      />
    </fieldset>
  );
}
