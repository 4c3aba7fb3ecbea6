"use client";

import { KeyRound, Pencil, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CredentialDialog } from "#components/deployments/credential-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { deleteCredentialAction } from "#lib/actions/credentials.ts";
import type { CredentialView } from "#lib/services/credentials.ts";

export interface CredentialListProps {
  credentials: CredentialView[];
  mayChange: boolean;
}

/** How Uplift signs in to nodes. What is secret can be replaced, never read. */
export function CredentialList({ credentials, mayChange }: CredentialListProps) {
  const router = useRouter();
  const [editing, setEditing] = useState<CredentialView | "new">();
  const [deleting, setDeleting] = useState<CredentialView>();
  const add = (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus aria-hidden="true" />
      Add a credential
    </Button>
  );
  return (
    <Section
      title="Credentials"
      description="How Uplift signs in to nodes over SSH. Secrets are sealed; they can be replaced, never read."
      actions={mayChange && credentials.length > 0 && add}
    >
      {credentials.length === 0 ? (
        <EmptyState icon={KeyRound} title="No credentials yet" action={mayChange && add}>
          They are made here, or while a deployment is registered.
        </EmptyState>
      ) : (
        <Table label="Credentials">
          <THead>
            <Th>Name</Th>
            <Th>User</Th>
            <Th>Signs in with</Th>
            <Th>sudo</Th>
            <Th align="right">Used by</Th>
            {mayChange && (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            )}
          </THead>
          <TBody>
            {credentials.map((one) => (
              <Tr key={one.id}>
                <Td className="font-medium [overflow-wrap:anywhere]">{one.name}</Td>
                <Td label="User" mono>
                  {one.username}
                </Td>
                <Td label="Signs in with">{methodWords(one)}</Td>
                <Td label="sudo">{one.hasSudoPassword ? "password stored" : "no password"}</Td>
                <Td label="Used by" align="right">
                  {usersOf(one)}
                </Td>
                {mayChange && (
                  <Td className="text-right sm:w-20 sm:whitespace-nowrap">
                    <IconButton
                      icon={Pencil}
                      size="sm"
                      label={`Change ${one.name}`}
                      onClick={() => setEditing(one)}
                    />
                    <IconButton
                      icon={Trash2}
                      size="sm"
                      label={`Delete ${one.name}`}
                      onClick={() => setDeleting(one)}
                    />
                  </Td>
                )}
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
      <CredentialDialog
        key={editing === "new" ? "new" : editing?.id}
        open={editing !== undefined}
        onOpenChange={(open) => !open && setEditing(undefined)}
        credential={editing === "new" ? undefined : editing}
        onSaved={(saved) => {
          toast.success(`${saved.name} was saved`);
          router.refresh();
        }}
      />
      {deleting && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setDeleting(undefined)}
          title={`Delete ${deleting.name}?`}
          consequences={[
            deleting.nodes + deleting.bastions > 0
              ? `It is used by ${usersOf(deleting)}, so it cannot be deleted: give them another one first.`
              : "Its secrets are forgotten. No node uses it.",
          ]}
          action="Delete the credential"
          onConfirm={async () => {
            const answer = await deleteCredentialAction(deleting.id);
            if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
            toast.success(`${deleting.name} was deleted`);
            router.refresh();
          }}
        />
      )}
    </Section>
  );
}

/** "3 nodes, 1 bastion" */
function usersOf({ nodes, bastions }: CredentialView): string {
  const count = (number: number, word: string) => `${number} ${number === 1 ? word : `${word}s`}`;
  if (bastions === 0) return count(nodes, "node");
  const words = count(bastions, "bastion");
  return nodes === 0 ? words : `${count(nodes, "node")}, ${words}`;
}

function methodWords(one: CredentialView): string {
  if (one.method === "password") return "password";
  return one.hasPassphrase ? "private key with a passphrase" : "private key";
}
