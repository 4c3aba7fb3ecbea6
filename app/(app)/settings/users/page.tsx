import { withMessages } from "#components/frame/messages.tsx";
import { UserList } from "#components/settings/user-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listUsers } from "#lib/operations/users.ts";

export const generateMetadata = pageTitle("usersAndRoles");

export default withMessages(["said", "settings"], UsersPage);

async function UsersPage() {
  const t = await getTranslations("app");
  const actor = await requireActor();
  if (!roleMay(actor.role, "user.manage")) {
    return <Notice title={t("onlyAdministratorsSeeTheUsers")}>{t("askOneOfThem")}</Notice>;
  }
  return <UserList users={await listUsers(actor)} self={actor.userId} />;
}
