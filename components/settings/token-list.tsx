"use client";

import { Plus, SquareTerminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { revokeTokenAction } from "#lib/actions/tokens.ts";
import type { TokenView } from "#lib/services/tokens.ts";
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
        <Table label={t("apiTokens")}>
          <THead>
            <Th>{t("name")}</Th>
            <Th>{t("beginsWith")}</Th>
            <Th>{t("made")}</Th>
            <Th>{t("lastUsed")}</Th>
            <Th>{t("ends")}</Th>
            <Th>
              <span className="sr-only">{t("actions")}</span>
            </Th>
          </THead>
          <TBody>
            {tokens.map((token) => (
              <Tr key={token.id}>
                <Td className="font-medium [overflow-wrap:anywhere]">
                  <span>
                    {token.name}
                    {token.userId !== self && (
                      <span className="text-muted"> {t("ofSomebodyElse")}</span>
                    )}
                  </span>
                </Td>
                <Td label={t("beginsWith")} mono>
                  {token.prefix}…
                </Td>
                <Td label={t("made")}>
                  <Clock at={token.createdAt} show="date" className="font-mono text-xs" />
                </Td>
                <Td label={t("lastUsed")}>
                  {token.lastUsedAt ? (
                    <RelativeTime at={token.lastUsedAt} />
                  ) : (
                    <span className="text-faint">{t("neverUsed")}</span>
                  )}
                </Td>
                <Td label={t("ends")}>
                  <End token={token} />
                </Td>
                <Td className="text-right sm:w-24">
                  {!token.revokedAt && (
                    <Button
                      size="sm"
                      aria-label={t("revokeName", { name: token.name })}
                      onClick={() => setRevoking(token)}
                    >
                      {t("revoke")}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
      <NewTokenDialog open={adding} onOpenChange={setAdding} />
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(undefined)}
          title={t("askRevoke", { name: revoking.name })}
          consequences={[t("revokeHint")]}
          action="Revoke the token"
          onConfirm={async () => {
            const answer = await revokeTokenAction(revoking.id);
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
  if (!expiresAt) return "never";
  return <Clock at={expiresAt} show="date" className="font-mono text-xs" />;
}
