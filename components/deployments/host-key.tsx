"use client";

import type { ReactNode } from "react";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { fetchHostKeyAction } from "#lib/actions/discovery.ts";
import type { PresentedKey } from "#lib/domain/discovery.ts";
import { type EnteredHost, type SshForm, sshInput } from "./form-model.ts";

/** How a person compares a presented key with the host's own. */
export function KeyToCompare({ presented }: { presented: PresentedKey }) {
  return (
    <div className="grid gap-1 text-sm">
      <p className="[overflow-wrap:anywhere]">
        It presents the {presented.type} key{" "}
        <strong className="font-medium font-mono text-xs">{presented.fingerprint}</strong>
      </p>
      <p className="text-muted text-xs">
        Compare it on the host’s own console, with{" "}
        <Code>{`ssh-keygen -lf /etc/ssh/ssh_host_${keyFile(presented.type)}_key.pub`}</Code>. From
        then on Uplift connects only to a host that holds this key.
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
  const fetching = useSubmit(fetchHostKeyAction, (key) => onChange({ presented: key }));
  const pinned = ssh.hostKeyFingerprint !== "";
  const blocked = bastion !== null && !isUsable(bastion);
  const trouble = fetching.error
    ? `${fetching.error.message} ${fetching.error.remedy}`
    : test.trouble;
  const fetchWords = pinned || presented ? "Fetch again" : "Fetch host key";
  return (
    <div id={id} className="grid gap-2 sm:col-span-2 lg:col-span-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 text-sm">
          <span className="font-medium">Host key</span>{" "}
          {pinned ? (
            <span className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
              {ssh.hostKeyFingerprint} (pinned)
            </span>
          ) : (
            <span className="text-muted">
              {blocked
                ? "is fetched through the bastion: pin that one’s key first"
                : "not pinned yet"}
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
            aria-label={`Test connection: ${label}`}
            onClick={() => test.run(ssh)}
          >
            Test connection
          </Button>
        )}
      </div>
      {presented && presented.fingerprint === ssh.hostKeyFingerprint && (
        <StateBadge state="pass" label="The host still presents the pinned key" />
      )}
      {presented && presented.fingerprint !== ssh.hostKeyFingerprint && (
        <div className="grid gap-2 rounded-md bg-sunken p-3">
          <KeyToCompare presented={presented} />
          <div>
            <Button
              size="sm"
              variant="primary"
              aria-label={`Pin this key: ${label}`}
              onClick={() => {
                onPin(presented.fingerprint);
                const next = { ...ssh, hostKeyFingerprint: presented.fingerprint };
                if (ssh.credentialId) test.run(next);
              }}
            >
              Pin this key
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
