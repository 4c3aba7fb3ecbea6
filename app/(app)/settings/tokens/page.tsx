import type { Metadata } from "next";
import { TokenList } from "#components/settings/token-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listTokens } from "#lib/services/tokens.ts";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const actor = await requireActor();
  if (!roleMay(actor.role, "token.manage")) {
    return <Notice title={`As ${actor.role} you have no tokens`}>Ask an administrator.</Notice>;
  }
  return <TokenList tokens={await listTokens(actor)} self={actor.userId} />;
}
