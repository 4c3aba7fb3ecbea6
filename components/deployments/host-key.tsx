"use client";

import { useState } from "react";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { fetchHostKeyAction, testConnectionAction } from "#lib/actions/discovery.ts";
import type { ConnectionReport, PresentedKey } from "#lib/domain/discovery.ts";
import { useForm } from "./form-context.tsx";
import type { NodeForm } from "./form-model.ts";

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

/** A node's host key: fetched, compared by a person, pinned; then the connection can be tried. */
export function HostKey({ node, path }: { node: NodeForm; path: string }) {
  const { errors, patchNode } = useForm();
  const { ssh, presented } = node;
  const [report, setReport] = useState<ConnectionReport>();
  const test = useSubmit(testConnectionAction, (seen) => {
    setReport(seen);
    patchNode(node.key, (now) =>
      now.name === "" || now.name === now.address ? { ...now, name: seen.hostname } : now,
    );
  });
  const fetching = useSubmit(fetchHostKeyAction, (key) =>
    patchNode(node.key, (now) => ({ ...now, presented: key })),
  );
  const pinned = ssh.hostKeyFingerprint !== "";
  const label = node.name || ssh.host || "this node";

  function pin(fingerprint: string) {
    patchNode(node.key, (now) => ({
      ...now,
      presented: null,
      ssh: { ...now.ssh, hostKeyFingerprint: fingerprint },
    }));
    if (ssh.credentialId) test.submit({ ...ssh, hostKeyFingerprint: fingerprint });
  }

  const error = errors[`${path}.ssh.hostKeyFingerprint`];
  const trouble = fetching.error ?? test.error;
  return (
    <div id={`${path}.ssh.hostKeyFingerprint`} className="grid gap-2 sm:col-span-2 lg:col-span-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 text-sm">
          <span className="font-medium">Host key</span>{" "}
          {pinned ? (
            <span className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
              {ssh.hostKeyFingerprint} (pinned)
            </span>
          ) : (
            <span className="text-muted">not pinned yet</span>
          )}
        </p>
        <Button
          size="sm"
          loading={fetching.pending}
          disabled={ssh.host.trim() === ""}
          aria-label={`${pinned || presented ? "Fetch again" : "Fetch host key"}: ${label}`}
          onClick={() => fetching.submit({ host: ssh.host, port: ssh.port })}
        >
          {pinned || presented ? "Fetch again" : "Fetch host key"}
        </Button>
        {pinned && (
          <Button
            size="sm"
            loading={test.pending}
            disabled={!ssh.credentialId}
            aria-label={`Test connection: ${label}`}
            onClick={() => test.submit(ssh)}
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
              onClick={() => pin(presented.fingerprint)}
            >
              Pin this key
            </Button>
          </div>
        </div>
      )}
      {report && !test.error && !test.pending && <Report report={report} />}
      {(trouble || error) && (
        <p role="alert" className="text-fail text-xs [overflow-wrap:anywhere]">
          {trouble ? `${trouble.message} ${trouble.remedy}` : error}
        </p>
      )}
    </div>
  );
}

const rootWords: Record<ConnectionReport["root"], string> = {
  direct: "signed in as root",
  sudo: "root through sudo, no password asked",
  "sudo-password": "root through sudo with the password",
};

function Report({ report }: { report: ConnectionReport }) {
  const { hostname, user, root, dockerVersion, dockerTrouble } = report;
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
      <StateBadge
        state={dockerVersion ? "pass" : "warning"}
        label={`Connected to ${hostname}`}
        className="text-xs"
      />
      {root === "direct" ? rootWords.direct : `${user}, ${rootWords[root]}`}
      {" · "}
      {dockerVersion ? `Docker ${dockerVersion}` : dockerTrouble}
    </p>
  );
}
