"use client";

import { Plus, SquareTerminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { TokenView } from "#lib/operations/tokens.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";

export interface TokenListProps {
  tokens: TokenView[];
  self: string;
}

/** Bearer tokens for the API. Each acts as the person who made it. */
export function TokenList({ tokens, self }: TokenListProps) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<TokenView>();
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t("makeAToken")}
    </Button>
  );
  return (
    <Section
      help="api#credentials-and-deployments"
      title={t("apiTokens")}
      description={t.rich("tokensHint", {
        code: (chunks) => <Code>{chunks}</Code>,
        code2: (chunks) => <Code>{chunks}</Code>,
      })}
      actions={tokens.length > 0 && add}
    >
      {tokens.length === 0 ? (
        <EmptyState icon={SquareTerminal} title={t("noTokensYet")} action={add}>
          {t("noTokensHint")}
        </EmptyState>
      ) : (
        <DataTable
          label={t("apiTokens")}
          rows={tokens}
          rowKey={({ id }) => id}
          columns={[
            {
              name: t("name"),
              className: "font-medium [overflow-wrap:anywhere]",
              cell: ({ name, userId }) => (
                <span>
                  {name}
                  {userId !== self && <span className="text-muted"> {t("ofSomebodyElse")}</span>}
                </span>
              ),
            },
            { name: t("beginsWith"), mono: true, cell: ({ prefix }) => `${prefix}…` },
            {
              name: t("made"),
              cell: ({ createdAt }) => (
                <Clock at={createdAt} show="date" className="font-mono text-xs" />
              ),
            },
            {
              name: t("lastUsed"),
              cell: ({ lastUsedAt }) =>
                lastUsedAt ? (
                  <RelativeTime at={lastUsedAt} />
                ) : (
                  <span className="text-faint">{t("neverUsed")}</span>
                ),
            },
            { name: t("ends"), cell: (token) => <End token={token} /> },
            {
              name: t("actions"),
              unnamed: true,
              className: "text-right sm:w-24",
              cell: (token) =>
                !token.revokedAt && (
                  <Button
                    size="sm"
                    aria-label={t("revokeName", { name: token.name })}
                    onClick={() => setRevoking(token)}
                  >
                    {t("revoke")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      <NewTokenDialog open={adding} onOpenChange={setAdding} />
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(undefined)}
          title={t("askRevoke", { name: revoking.name })}
          consequences={[t("revokeHint")]}
          action={t("revokeTheToken")}
          onConfirm={async () => {
            const answer = await call("tokens.revoke", { id: revoking.id });
            if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
            toast.success(t("nameWasRevoked", { name: revoking.name }));
            router.refresh();
          }}
        />
      )}
    </Section>
  );
}

function End({ token: { revokedAt, expiresAt } }: { token: TokenView }) {
  const t = useTranslations("settings");
  if (revokedAt) return <span className="text-muted">{t("revoked")}</span>;
  if (!expiresAt) return t("never");
  return <Clock at={expiresAt} show="date" className="font-mono text-xs" />;
}
