"use client";

import { useState } from "react";
import { useOperation } from "#components/forms/use-submit.ts";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { ConnectionReport } from "#lib/domain/discovery.ts";
import { useForm } from "./form-context.tsx";
import { type EnteredHost, type NodeForm, sshInput } from "./form-model.ts";
import { HostKey } from "./host-key.tsx";

export interface NodeKeyProps {
  node: NodeForm;
  path: string;
  /** What it is reached through; null: directly. */
  bastion: EnteredHost | null;
}

/** A node's host key, and what a try of its connection tells. */
export function NodeKey({ node, path, bastion }: NodeKeyProps) {
  const t = useTranslations("deployments");
  const { errors, patchNode } = useForm();
  const [report, setReport] = useState<ConnectionReport>();
  const test = useOperation("hosts.test-connection", (seen) => {
    setReport(seen);
    patchNode(node.key, (now) =>
      now.name === "" || now.name === now.address ? { ...now, name: seen.hostname } : now,
    );
  });
  const id = `${path}.ssh.hostKeyFingerprint`;
  return (
    <HostKey
      host={node}
      id={id}
      error={errors[id]}
      label={node.name || node.ssh.host || t("thisNode")}
      bastion={bastion}
      test={{
        run: (ssh) => test.submit({ ...sshInput(ssh), bastion: bastion && sshInput(bastion.ssh) }),
        pending: test.pending,
        trouble: test.error && `${test.error.message} ${test.error.remedy}`,
        report: report && <Report report={report} />,
      }}
      onChange={(change) => patchNode(node.key, (now) => ({ ...now, ...change }))}
      onPin={(hostKeyFingerprint) =>
        patchNode(node.key, (now) => ({
          ...now,
          presented: null,
          ssh: { ...now.ssh, hostKeyFingerprint },
        }))
      }
    />
  );
}

function Report({ report }: { report: ConnectionReport }) {
  const t = useTranslations("deployments");
  const { hostname, user, root, dockerVersion, dockerTrouble } = report;
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
      <StateBadge
        state={dockerVersion ? "pass" : "warning"}
        label={t("connectedTo", { hostname })}
        className="text-xs"
      />
      {root === "direct" ? t("roots.direct") : `${user}, ${t(`roots.${root}`)}`}
      {" · "}
      {dockerVersion ? `Docker ${dockerVersion}` : dockerTrouble && <Said>{dockerTrouble}</Said>}
    </p>
  );
}
