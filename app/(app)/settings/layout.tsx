import type { ReactNode } from "react";
import { SettingsCrumb } from "#components/settings/settings-crumb.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { LinkTabs } from "#components/ui/tabs.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { getTranslations } from "#lib/i18n/server.ts";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("app");
  const { role } = await requireActor();
  const tabs = [
    { href: "/settings/credentials", label: t("credentials") },
    ...(roleMay(role, "user.manage")
      ? [{ href: "/settings/users", label: t("usersAndRoles") }]
      : []),
    ...(roleMay(role, "token.manage") ? [{ href: "/settings/tokens", label: t("apiTokens") }] : []),
    { href: "/settings/account", label: t("yourAccount") },
    { href: "/settings/about", label: t("about") },
  ];
  return (
    <Page>
      <SettingsCrumb tabs={tabs} />
      <PageHeader title={t("settings")} />
      <LinkTabs label={t("settings")} tabs={tabs} />
      {children}
    </Page>
  );
}
