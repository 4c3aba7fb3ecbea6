import type { Metadata } from "next";
import { UserList } from "#components/settings/user-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listUsers } from "#lib/services/users.ts";

export const metadata: Metadata = { title: "Users and roles" };

export default async function UsersPage() {
  const actor = await requireActor();
  if (!roleMay(actor.role, "user.manage")) {
    return <Notice title="Only administrators see the users">Ask one of them.</Notice>;
  }
  return <UserList users={await listUsers(actor)} self={actor.userId} />;
}
