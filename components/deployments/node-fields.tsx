"use client";

import { Trash2 } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTranslations } from "#i18n";
import { CredentialSelect } from "./credential-select.tsx";
import { TextField, useForm } from "./form-context.tsx";
import type { EnteredHost, NodeForm } from "./form-model.ts";
import { NodeKey } from "./node-key.tsx";

export interface NodeFieldsProps {
  path: string;
  node: NodeForm;
  /** "Node 1 of cn-hangzhou" */
  label: string;
  /** What it is reached through; null: directly. */
  bastion: EnteredHost | null;
  onRemove: () => void;
}

/** One node: who it is, how it is entered. */
export function NodeFields({ path, node, label, bastion, onRemove }: NodeFieldsProps) {
  const t = useTranslations("deployments");
  const { set, errors, credentials, addCredential, patchNode } = useForm();
  const credential = `${path}.ssh.credentialId`;
  // The pinned key belongs to an address: another address has another key.
  const unpin = () =>
    patchNode(node.key, (now) => ({
      ...now,
      presented: null,
      ssh: { ...now.ssh, hostKeyFingerprint: "" },
    }));
  return (
    <fieldset
      aria-label={label}
      className="grid min-w-0 gap-4 border-t pt-4 sm:grid-cols-2 lg:grid-cols-6"
    >
      <div className="flex items-center justify-between sm:col-span-2 lg:col-span-6">
        <h4 className="font-medium text-sm">{node.name || label}</h4>
        <IconButton
          icon={Trash2}
          size="sm"
          label={t("remove", { name: node.name || label })}
          onClick={onRemove}
        />
      </div>
      <TextField path={`${path}.name`} label={t("name")} className="lg:col-span-2" />
      <TextField
        path={`${path}.address`}
        label={t("address")}
        mono
        hint="OMS_HOST_IP"
        className="lg:col-span-2"
      />
      <TextField
        path={`${path}.containerName`}
        label={t("container")}
        mono
        hint={t("theOneThatServesNow")}
        className="lg:col-span-2"
      />
      <TextField
        path={`${path}.ssh.host`}
        label={t("sshHost")}
        mono
        className="lg:col-span-2"
        onChange={unpin}
      />
      <TextField
        path={`${path}.ssh.port`}
        label={t("sshPort")}
        mono
        inputMode="numeric"
        onChange={unpin}
      />
      <CredentialSelect
        name={credential}
        value={node.ssh.credentialId}
        onChange={(id) => set(credential, id)}
        error={errors[credential]}
        credentials={credentials}
        onCredential={addCredential}
        className="lg:col-span-3"
      />
      <NodeKey node={node} path={path} bastion={bastion} />
    </fieldset>
  );
}
