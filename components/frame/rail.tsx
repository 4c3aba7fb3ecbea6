"use client";

import { PanelLeft } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { placeOf, places } from "#components/frame/places.ts";
import { ProductMark } from "#components/frame/product-mark.tsx";
import { cn } from "#components/ui/class-names.ts";
import { railCookie } from "#components/ui/cookies.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useTranslations } from "#i18n";

const itemStyle = [
  "flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left text-muted text-sm",
  "transition-colors hover:bg-hover hover:text-fg",
].join(" ");

/** The way through the product on wide screens; folds to icons and remembers it. */
export function Rail({ initiallyFolded }: { initiallyFolded: boolean }) {
  const t = useTranslations("frame");
  const [folded, setFolded] = useState(initiallyFolded);
  const current = placeOf(usePathname());

  function fold() {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs HTTPS.
    document.cookie = `${railCookie}=${folded ? "open" : "folded"}; path=/; max-age=31536000; samesite=lax`;
    setFolded(!folded);
  }

  const named = (label: string, item: React.ReactNode) =>
    folded ? (
      <Tooltip content={label} side="right">
        {item}
      </Tooltip>
    ) : (
      item
    );

  return (
    <nav
      aria-label={t("main")}
      className={cn(
        "sticky top-(--run-bar) flex h-[calc(100dvh-var(--run-bar))] shrink-0 flex-col border-r",
        "bg-sunken max-sm:hidden",
        folded ? "w-13" : "w-50",
      )}
    >
      <Link
        href="/"
        aria-label={t("upliftHome")}
        className="flex h-(--top-bar) items-center gap-2.5 px-3.5 font-semibold text-base tracking-tight focus-visible:-outline-offset-2"
      >
        <ProductMark className="shrink-0" />
        {!folded && "Uplift"}
      </Link>
      <ul className="grid gap-0.5 px-2 pt-2">
        {places.map((place) => {
          const here = place === current;
          return (
            <li key={place.href}>
              {named(
                t(`places.${place.name}`),
                <Link
                  href={place.href}
                  {...(folded && { "aria-label": t(`places.${place.name}`) })}
                  {...(here && { "aria-current": "page" as const })}
                  className={cn(itemStyle, here && "bg-active font-medium text-fg hover:bg-active")}
                >
                  <place.icon
                    className={cn("mx-0.5 size-4 shrink-0", here && "text-accent-text")}
                    aria-hidden="true"
                  />
                  {!folded && t(`places.${place.name}`)}
                </Link>,
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-auto p-2">
        {named(
          t("unfold"),
          <button
            type="button"
            aria-expanded={!folded}
            aria-label={folded ? t("unfoldTheNavigation") : t("foldTheNavigation")}
            onClick={fold}
            className={itemStyle}
          >
            <PanelLeft className="mx-0.5 size-4 shrink-0" aria-hidden="true" />
            {!folded && t("fold")}
          </button>,
        )}
      </div>
    </nav>
  );
}
