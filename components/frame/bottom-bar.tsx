"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { placeOf, places } from "#components/frame/places.ts";
import { cn } from "#components/ui/class-names.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";

const itemStyle = [
  "flex w-full flex-col items-center gap-0.5 py-1.5 text-2xs text-muted",
  "focus-visible:-outline-offset-2",
].join(" ");

/** The way through the product on narrow screens: four places, and the rest behind "More". */
export function BottomBar() {
  const t = useTranslations("frame");
  const current = placeOf(usePathname());
  const rest = places.slice(4);
  const restCurrent = rest.some((place) => place === current);
  return (
    <nav
      aria-label={t("main")}
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-sunken pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid h-14 grid-cols-5 items-center">
        {places.slice(0, 4).map((place) => (
          <li key={place.href}>
            <Link
              href={place.href}
              {...(place === current && { "aria-current": "page" as const })}
              className={cn(itemStyle, place === current && "font-medium text-accent-text")}
            >
              <place.icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
              {t(`places.${place.name}`)}
            </Link>
          </li>
        ))}
        <li>
          <Menu
            side="top"
            trigger={
              <button
                type="button"
                className={cn(itemStyle, restCurrent && "font-medium text-accent-text")}
              >
                <Ellipsis className="size-5" strokeWidth={1.75} aria-hidden="true" />
                {t("more")}
              </button>
            }
          >
            {rest.map((place) => (
              <MenuItem key={place.href} icon={place.icon} href={place.href}>
                {t(`places.${place.name}`)}
              </MenuItem>
            ))}
          </Menu>
        </li>
      </ul>
    </nav>
  );
}
