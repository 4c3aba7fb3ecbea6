import { withMessages } from "#components/frame/messages.tsx";
import { TokenList } from "#components/settings/token-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listTokens } from "#lib/operations/tokens.ts";

export const generateMetadata = pageTitle("apiTokens");

export default withMessages(["said", "settings"], TokensPage);

async function TokensPage() {
  const t = await getTranslations("app");
  const words = await getTranslations("words");
  const actor = await requireActor();
  if (!roleMay(actor.role, "token.manage")) {
    return (
      <Notice title={t("asYouHaveNoTokens", { role: words(`roles.${actor.role}`) })}>
        {t("askAnAdministrator")}
      </Notice>
    );
  }
  return <TokenList tokens={await listTokens(actor)} self={actor.userId} />;
}
