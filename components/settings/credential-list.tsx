"use client";

import { KeyRound, Pencil, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CredentialDialog } from "#components/deployments/credential-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { CredentialView } from "#lib/operations/credentials.ts";

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
  const actions: Column<CredentialView> = {
    name: t("actions"),
    unnamed: true,
    className: "text-right sm:w-20 sm:whitespace-nowrap",
    cell: (one) => (
      <>
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
      </>
    ),
  };
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
        <DataTable
          label={t("credentials")}
          rows={credentials}
          rowKey={({ id }) => id}
          columns={[
            {
              name: t("name"),
              className: "font-medium [overflow-wrap:anywhere]",
              cell: ({ name }) => name,
            },
            { name: t("user"), mono: true, cell: ({ username }) => username },
            { name: t("signsInWith"), cell: (one) => methodWords(one, t) },
            {
              name: t("sudo"),
              cell: ({ hasSudoPassword }) =>
                hasSudoPassword ? t("passwordStored") : t("noPassword"),
            },
            { name: t("usedBy"), align: "right", cell: usedBy },
            ...(mayChange ? [actions] : []),
          ]}
        />
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
            const answer = await call("credentials.delete", { credentialId: deleting.id });
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
