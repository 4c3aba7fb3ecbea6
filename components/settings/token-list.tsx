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
import { revokeTokenAction } from "#lib/actions/tokens.ts";
import type { TokenView } from "#lib/services/tokens.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";

export interface TokenListProps {
  tokens: TokenView[];
  self: string;
}

/** Bearer tokens for the API. Each acts as the person who made it. */
export function TokenList({ tokens, self }: TokenListProps) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<TokenView>();
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      Make a token
    </Button>
  );
  return (
    <Section
      title="API tokens"
      description={
        <>
          For scripts, as <Code>Authorization: Bearer upl_…</Code> at <Code>/api/v1</Code>. A token
          may do what its owner may do.
        </>
      }
      actions={tokens.length > 0 && add}
    >
      {tokens.length === 0 ? (
        <EmptyState icon={SquareTerminal} title="No tokens yet" action={add}>
          A script that drives Uplift from outside needs one.
        </EmptyState>
      ) : (
        <Table label="API tokens">
          <THead>
            <Th>Name</Th>
            <Th>Begins with</Th>
            <Th>Made</Th>
            <Th>Last used</Th>
            <Th>Ends</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </THead>
          <TBody>
            {tokens.map((token) => (
              <Tr key={token.id}>
                <Td className="font-medium [overflow-wrap:anywhere]">
                  <span>
                    {token.name}
                    {token.userId !== self && (
                      <span className="text-muted"> (of somebody else)</span>
                    )}
                  </span>
                </Td>
                <Td label="Begins with" mono>
                  {token.prefix}…
                </Td>
                <Td label="Made">
                  <Clock at={token.createdAt} show="date" className="font-mono text-xs" />
                </Td>
                <Td label="Last used">
                  {token.lastUsedAt ? (
                    <RelativeTime at={token.lastUsedAt} />
                  ) : (
                    <span className="text-faint">never</span>
                  )}
                </Td>
                <Td label="Ends">
                  <End token={token} />
                </Td>
                <Td className="text-right sm:w-24">
                  {!token.revokedAt && (
                    <Button
                      size="sm"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => setRevoking(token)}
                    >
                      Revoke…
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
          title={`Revoke ${revoking.name}?`}
          consequences={["Whatever uses it is refused at once. It cannot be made valid again."]}
          action="Revoke the token"
          onConfirm={async () => {
            const answer = await revokeTokenAction(revoking.id);
            if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
            toast.success(`${revoking.name} was revoked`);
            router.refresh();
          }}
        />
      )}
    </Section>
  );
}

function End({ token: { revokedAt, expiresAt } }: { token: TokenView }) {
  if (revokedAt) return <span className="text-muted">revoked</span>;
  if (!expiresAt) return "never";
  return <Clock at={expiresAt} show="date" className="font-mono text-xs" />;
}
