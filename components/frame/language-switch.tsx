"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { useLocale, useTranslations } from "#i18n";
import { type Locale, localeCookie, locales } from "#lib/i18n/locales.ts";

const options = Object.entries(locales).map(([value, name]) => ({
  value: value as Locale,
  label: <span lang={value}>{name}</span>,
}));

/** Chooses the language of the dashboard in this browser. */
export function LanguageSwitch() {
  const t = useTranslations("frame");
  const router = useRouter();

  function choose(locale: Locale) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs HTTPS.
    document.cookie = `${localeCookie}=${locale}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t("language")}
          className="grid size-8 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg"
        >
          <Languages className="size-4" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice label={t("language")} value={useLocale()} options={options} onChange={choose} />
    </Menu>
  );
}
