"use client";

import type { ReactNode } from "react";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { PresentedKey } from "#lib/domain/discovery.ts";
import { type EnteredHost, type SshForm, sshInput } from "./form-model.ts";

/** How a person compares a presented key with the host's own. */
export function KeyToCompare({ presented }: { presented: PresentedKey }) {
  const t = useTranslations("deployments");
  return (
    <div className="grid gap-1 text-sm">
      <p className="[overflow-wrap:anywhere]">
        {t.rich("itPresentsTheKey", {
          type: presented.type,
          fingerprint: presented.fingerprint,
          strong: (chunks) => <strong className="font-medium font-mono text-xs">{chunks}</strong>,
        })}
      </p>
      <p className="text-muted text-xs">
        {t.rich("compareKey", {
          keyFile: keyFile(presented.type),
          code: (chunks) => <Code>{chunks}</Code>,
        })}
      </p>
    </div>
  );
}

function keyFile(type: string): string {
  if (type.includes("ed25519")) return "ed25519";
  return type.includes("ecdsa") ? "ecdsa" : "rsa";
}

/** A try of a connection: its answer is shown until the next one. */
export interface ConnectionTest {
  run: (ssh: SshForm) => void;
  pending: boolean;
  /** What went wrong, and what to do. */
  trouble: string | undefined;
  report: ReactNode;
}

export interface HostKeyProps {
  host: EnteredHost;
  /** Where a summary of errors leads to; also the name of the error. */
  id: string;
  error: string | undefined;
  /** What the host is called in the names of buttons. */
  label: string;
  /** What it is reached through; null: directly. */
  bastion: EnteredHost | null;
  test: ConnectionTest;
  /** The answer may come when the host has moved in the form: the change is of it as it is then. */
  onChange: (change: Partial<EnteredHost>) => void;
  onPin: (fingerprint: string) => void;
}

/** A host's key: fetched, compared by a person, pinned; then the connection can be tried. */
export function HostKey({
  host: { ssh, presented },
  id,
  error,
  label,
  bastion,
  test,
  onChange,
  onPin,
}: HostKeyProps) {
  const t = useTranslations("deployments");
  const fetching = useOperation("hosts.fetch-key", (key) => onChange({ presented: key }));
  const pinned = ssh.hostKeyFingerprint !== "";
  const blocked = bastion !== null && !isUsable(bastion);
  const trouble = fetching.error
    ? `${fetching.error.message} ${fetching.error.remedy}`
    : test.trouble;
  const fetchWords = pinned || presented ? t("fetchAgain") : t("fetchHostKey");
  return (
    <div id={id} className="grid gap-2 sm:col-span-2 lg:col-span-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 text-sm">
          <span className="font-medium">{t("hostKey")}</span>{" "}
          {pinned ? (
            <span className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
              {t("pinned", { fingerprint: ssh.hostKeyFingerprint })}
            </span>
          ) : (
            <span className="text-muted">
              {blocked ? t("keyThroughBastion") : t("notPinnedYet")}
            </span>
          )}
        </p>
        <Button
          size="sm"
          loading={fetching.pending}
          disabled={ssh.host.trim() === "" || blocked}
          aria-label={`${fetchWords}: ${label}`}
          onClick={() =>
            fetching.submit({
              ...{ host: ssh.host, port: ssh.port },
              bastion: bastion && sshInput(bastion.ssh),
            })
          }
        >
          {fetchWords}
        </Button>
        {pinned && (
          <Button
            size="sm"
            loading={test.pending}
            disabled={!ssh.credentialId || blocked}
            aria-label={t("testConnectionOf", { label })}
            onClick={() => test.run(ssh)}
          >
            {t("testConnection")}
          </Button>
        )}
      </div>
      {presented && presented.fingerprint === ssh.hostKeyFingerprint && (
        <StateBadge state="pass" label={t("theHostStillPresentsThe")} />
      )}
      {presented && presented.fingerprint !== ssh.hostKeyFingerprint && (
        <div className="grid gap-2 rounded-md bg-sunken p-3">
          <KeyToCompare presented={presented} />
          <div>
            <Button
              size="sm"
              variant="primary"
              aria-label={t("pinThisKeyOf", { label })}
              onClick={() => {
                onPin(presented.fingerprint);
                const next = { ...ssh, hostKeyFingerprint: presented.fingerprint };
                if (ssh.credentialId) test.run(next);
              }}
            >
              {t("pinThisKey")}
            </Button>
          </div>
        </div>
      )}
      {!test.trouble && !test.pending && test.report}
      {(trouble || error) && (
        <p role="alert" className="text-fail text-xs [overflow-wrap:anywhere]">
          {trouble ?? error}
        </p>
      )}
    </div>
  );
}

/** Whether enough of a bastion is given to go through it. */
export function isUsable({ ssh }: EnteredHost): boolean {
  return ssh.host.trim() !== "" && ssh.credentialId !== "" && ssh.hostKeyFingerprint !== "";
}
