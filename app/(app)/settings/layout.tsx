import type { ReactNode } from "react";
import { Messages } from "#components/frame/messages.tsx";
import { SettingsCrumb } from "#components/settings/settings-crumb.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { LinkTabs } from "#components/ui/tabs.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { role } = await requireActor();
  const tabs = [
    { href: "/settings/credentials", label: "Credentials" },
    ...(roleMay(role, "user.manage")
      ? [{ href: "/settings/users", label: "Users and roles" }]
      : []),
    ...(roleMay(role, "token.manage") ? [{ href: "/settings/tokens", label: "API tokens" }] : []),
    { href: "/settings/account", label: "Your account" },
    { href: "/settings/about", label: "About" },
  ];
  return (
    <Page>
      <SettingsCrumb tabs={tabs} />
      <PageHeader title="Settings" />
      <LinkTabs label="Settings" tabs={tabs} />
      <Messages of={["settings"]}>{children}</Messages>
    </Page>
  );
}
