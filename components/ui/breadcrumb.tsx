import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface Crumb {
  label: ReactNode;
  /** Where it leads; the last one needs none. */
  href?: string;
}

export interface CrumbItemsProps {
  items: readonly Crumb[];
  /** Something stands before them: begin with a slash. */
  lead?: boolean;
  /** The last of them is this page; otherwise others follow. */
  tail?: boolean;
}

/** Crumbs as list items, for use within an `ol`. On a narrow screen the last two remain. */
export function CrumbItems({ items, lead = false, tail = true }: CrumbItemsProps) {
  return items.map((item, index) => {
    const here = tail && index === items.length - 1;
    return (
      <li
        // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place in the path.
        key={index}
        className={cn(
          "group/crumb flex min-w-0 items-center gap-2",
          here ? "shrink max-sm:min-w-16" : "sm:shrink-0 max-sm:not-nth-last-2:hidden",
        )}
      >
        {(lead || index > 0) && (
          <span aria-hidden="true" className="text-faint max-sm:group-nth-last-2/crumb:hidden">
            /
          </span>
        )}
        {item.href && !here ? (
          <Link
            href={item.href}
            prefetch={false}
            className="max-w-60 truncate rounded-sm text-muted hover:text-fg"
          >
            {item.label}
          </Link>
        ) : (
          <span
            className={cn("truncate", here ? "font-medium text-fg" : "text-muted")}
            {...(here && { "aria-current": "page" as const })}
          >
            {item.label}
          </span>
        )}
      </li>
    );
  });
}
