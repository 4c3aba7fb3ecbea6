import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Th } from "#components/ui/table.tsx";

export interface SortThProps {
  children: string;
  /** The address of the list sorted by this column, or the other way round. */
  href: string;
  /** How the list is sorted by this column now, if it is. */
  sorted: "ascending" | "descending" | null;
}

/** The name of a column that sorts the list. */
export function SortTh({ children, href, sorted }: SortThProps) {
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
  return (
    <Th {...(sorted && { "aria-sort": sorted })}>
      <Link
        href={href}
        scroll={false}
        // On a narrow screen the header is for screen readers, and nothing unseen takes the focus.
        className="group/sort inline-flex items-center gap-1 hover:text-fg max-sm:hidden"
      >
        {children}
        <Arrow
          aria-hidden="true"
          className={
            sorted
              ? "size-3"
              : "size-3 opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60"
          }
        />
      </Link>
      <span className="sm:hidden">{children}</span>
    </Th>
  );
}
