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
import { useTranslations } from "#i18n";
import { deleteCredentialAction } from "#lib/actions/credentials.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { CredentialView } from "#lib/services/credentials.ts";

export interface CredentialListProps {
  credentials: CredentialView[];
  mayChange: boolean;
}

/** How Uplift signs in to nodes. What is secret can be replaced, never read. */
export function CredentialList({ credentials, mayChange }: CredentialListProps) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [editing, setEditing] = useState<CredentialView | "new">();
  const [deleting, setDeleting] = useState<CredentialView>();
  const usedBy = ({ nodes, bastions }: CredentialView) => t("usedCount", { nodes, bastions });
  const add = (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus aria-hidden="true" />
      {t("addACredential")}
    </Button>
  );
  return (
    <Section
      help="security#how-secrets-travel"
      title={t("credentials")}
      description={t("credentialsHint")}
      actions={mayChange && credentials.length > 0 && add}
    >
      {credentials.length === 0 ? (
        <EmptyState icon={KeyRound} title={t("noCredentialsYet")} action={mayChange && add}>
          {t("noCredentialsHint")}
        </EmptyState>
      ) : (
        <Table label={t("credentials")}>
          <THead>
            <Th>{t("name")}</Th>
            <Th>{t("user")}</Th>
            <Th>{t("signsInWith")}</Th>
            <Th>{t("sudo")}</Th>
            <Th align="right">{t("usedBy")}</Th>
            {mayChange && (
              <Th>
                <span className="sr-only">{t("actions")}</span>
              </Th>
            )}
          </THead>
          <TBody>
            {credentials.map((one) => (
              <Tr key={one.id}>
                <Td className="font-medium [overflow-wrap:anywhere]">{one.name}</Td>
                <Td label={t("user")} mono>
                  {one.username}
                </Td>
                <Td label={t("signsInWith")}>{methodWords(one, t)}</Td>
                <Td label={t("sudo")}>
                  {one.hasSudoPassword ? t("passwordStored") : t("noPassword")}
                </Td>
                <Td label={t("usedBy")} align="right">
                  {usedBy(one)}
                </Td>
                {mayChange && (
                  <Td className="text-right sm:w-20 sm:whitespace-nowrap">
                    <IconButton
                      icon={Pencil}
                      size="sm"
                      label={t("changeName", { name: one.name })}
                      onClick={() => setEditing(one)}
                    />
                    <IconButton
                      icon={Trash2}
                      size="sm"
                      label={t("deleteName", { name: one.name })}
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
          toast.success(t("nameWasSaved", { name: saved.name }));
          router.refresh();
        }}
      />
      {deleting && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setDeleting(undefined)}
          title={t("askDelete", { name: deleting.name })}
          consequences={[
            deleting.nodes + deleting.bastions > 0
              ? t("inUse", { used: usedBy(deleting) })
              : t("notInUse"),
          ]}
          action={t("deleteTheCredential")}
          onConfirm={async () => {
            const answer = await deleteCredentialAction(deleting.id);
            if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
            toast.success(t("nameWasDeleted", { name: deleting.name }));
            router.refresh();
          }}
        />
      )}
    </Section>
  );
}

function methodWords(one: CredentialView, t: Translator<"settings">): string {
  if (one.method === "password") return t("methods.password");
  return one.hasPassphrase ? t("methods.keyWithPassphrase") : t("methods.key");
}
