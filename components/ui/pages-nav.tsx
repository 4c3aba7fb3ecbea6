import { LinkButton } from "#components/ui/link-button.tsx";

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
  const pages = Math.max(1, Math.ceil(found / perPage));
  if (pages === 1 && page === 1) return null;
  const first = (page - 1) * perPage + 1;
  const last = Math.min(found, page * perPage);
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2">
      {page > 1 && <LinkButton href={address(Math.min(page, pages + 1) - 1)}>Previous</LinkButton>}
      {page < pages && <LinkButton href={address(page + 1)}>Next</LinkButton>}
      <span className="text-muted text-xs tabular-nums">
        {first > found
          ? `Nothing here: the last page is ${pages}`
          : `${count(first)}–${count(last)} of ${count(found)}, page ${page} of ${count(pages)}`}
      </span>
      {page > 2 && (
        <LinkButton href={address(1)} variant="ghost">
          First page
        </LinkButton>
      )}
    </nav>
  );
}

const count = (value: number) => value.toLocaleString("en-GB");
