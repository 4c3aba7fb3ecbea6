"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { CredentialDialog } from "./credential-dialog.tsx";
import { TextField, useForm } from "./form-context.tsx";
import type { NodeForm } from "./form-model.ts";
import { HostKey } from "./host-key.tsx";

export interface NodeFieldsProps {
  path: string;
  node: NodeForm;
  /** "Node 1 of cn-hangzhou" */
  label: string;
  onRemove: () => void;
}

/** One node: who it is, how it is entered. */
export function NodeFields({ path, node, label, onRemove }: NodeFieldsProps) {
  const { patchNode } = useForm();
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
          label={`Remove ${node.name || label}`}
          onClick={onRemove}
        />
      </div>
      <TextField path={`${path}.name`} label="Name" className="lg:col-span-2" />
      <TextField
        path={`${path}.address`}
        label="Address"
        mono
        hint="OMS_HOST_IP"
        className="lg:col-span-2"
      />
      <TextField
        path={`${path}.containerName`}
        label="Container"
        mono
        hint="The one that serves now."
        className="lg:col-span-2"
      />
      <TextField
        path={`${path}.ssh.host`}
        label="SSH host"
        mono
        className="lg:col-span-2"
        onChange={unpin}
      />
      <TextField
        path={`${path}.ssh.port`}
        label="SSH port"
        mono
        inputMode="numeric"
        onChange={unpin}
      />
      <CredentialSelect path={`${path}.ssh.credentialId`} value={node.ssh.credentialId} />
      <HostKey node={node} path={path} />
    </fieldset>
  );
}

const makeNew = "new";

function CredentialSelect({ path, value }: { path: string; value: string }) {
  const { set, errors, credentials, addCredential } = useForm();
  const [making, setMaking] = useState(false);
  return (
    <Field label="Credential" name={path} error={errors[path]} className="lg:col-span-3">
      {({ name: _, ...control }) => (
        <>
          <Select
            {...control}
            value={value}
            onValueChange={(next) => (next === makeNew ? setMaking(true) : set(path, next))}
            options={[
              ...credentials.map((one) => ({
                value: one.id as string,
                label: one.name,
                hint: `${one.username}, ${one.method === "key" ? "private key" : "password"}`,
              })),
              { value: makeNew, label: "New credential…" },
            ]}
          />
          <CredentialDialog
            open={making}
            onOpenChange={setMaking}
            onSaved={(saved) => {
              addCredential(saved);
              set(path, saved.id);
            }}
          />
        </>
      )}
    </Field>
  );
}
