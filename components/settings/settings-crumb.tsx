"use client";

import { usePathname } from "next/navigation";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";

/** The name of the open settings tab in the top bar. */
export function SettingsCrumb({ tabs }: { tabs: readonly { href: string; label: string }[] }) {
  const path = usePathname();
  const tab = tabs.find(({ href }) => path === href);
  return tab ? <PageCrumbs items={[{ label: tab.label }]} /> : null;
}
