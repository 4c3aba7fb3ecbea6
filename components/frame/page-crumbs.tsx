"use client";

import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { placeOf } from "#components/frame/places.ts";
import { type Crumb, CrumbItems } from "#components/ui/breadcrumb.tsx";
import { useTranslations } from "#i18n";

const listId = "page-crumbs";
const never = () => () => {};

/** The breadcrumb of the top bar: the place, known from the path, then what the page adds. */
export function TopBarCrumbs() {
  const t = useTranslations("frame");
  const path = usePathname();
  const place = placeOf(path);
  const deeper = place !== undefined && path !== place.href;
  return (
    <nav aria-label={t("breadcrumb")} className="min-w-0 flex-1">
      <ol id={listId} className="flex min-w-0 items-center gap-2 text-sm">
        {place && (
          <CrumbItems
            items={[{ label: t(`places.${place.name}`), href: place.href }]}
            tail={!deeper}
          />
        )}
      </ol>
    </nav>
  );
}

/**
 * Put on a page below a place's own: adds what follows the place to the top bar's breadcrumb,
 * as in `<PageCrumbs items={[{ label: "OMS Hangzhou" }]} />` under `/deployments`.
 */
export function PageCrumbs({ items }: { items: readonly Crumb[] }) {
  const list = useSyncExternalStore(
    never,
    () => document.getElementById(listId),
    () => null,
  );
  return list && createPortal(<CrumbItems items={items} lead />, list);
}
