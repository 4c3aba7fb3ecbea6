import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslations } from "#i18n";

export interface PagesNavProps {
  /** What is on the pages: "Pages of runs". */
  label: string;
  page: number;
  perPage: number;
  /** On all pages. */
  found: number;
  address: (page: number) => string;
}

/** Which part of a long list is shown, and the way to the others; nothing when it is all there. */
export function PagesNav({ label, page, perPage, found, address }: PagesNavProps) {
  const t = useTranslations("ui");
  const pages = Math.max(1, Math.ceil(found / perPage));
  if (pages === 1 && page === 1) return null;
  const first = (page - 1) * perPage + 1;
  const last = Math.min(found, page * perPage);
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2">
      {page > 1 && (
        <LinkButton href={address(Math.min(page, pages + 1) - 1)}>{t("previous")}</LinkButton>
      )}
      {page < pages && <LinkButton href={address(page + 1)}>{t("next")}</LinkButton>}
      <span className="text-muted text-xs tabular-nums">
        {first > found
          ? t("nothingHereTheLastPage", { pages })
          : t("range", { first, last, found, page, pages })}
      </span>
      {page > 2 && (
        <LinkButton href={address(1)} variant="ghost">
          {t("firstPage")}
        </LinkButton>
      )}
    </nav>
  );
}
