"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "#components/ui/class-names.ts";

const listStyle = "flex gap-5 overflow-x-auto border-b [scrollbar-width:none]";
const tabStyle = [
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-sm",
  "text-muted transition-colors hover:text-fg focus-visible:-outline-offset-2",
].join(" ");

function Count({ value }: { value: number }) {
  return <span className="rounded-full bg-active px-1.5 text-2xs text-muted">{value}</span>;
}

export interface LinkTabsProps {
  label: string;
  tabs: readonly { href: string; label: ReactNode; count?: number }[];
}

/** Views of one thing that have addresses of their own; the longest matching one is current. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const path = usePathname();
  const current = tabs
    .map((tab) => tab.href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
  const list = useRef<HTMLElement>(null);
  // On a narrow screen the list scrolls: the page's own tab is in sight.
  useEffect(() => {
    const tab = current && list.current?.querySelector("[aria-current]");
    if (tab) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <nav ref={list} aria-label={label} className={listStyle}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          {...(tab.href === current && { "aria-current": "page" as const })}
          className={cn(tabStyle, tab.href === current && "border-accent font-medium text-fg")}
        >
          {tab.label}
          {tab.count !== undefined && <Count value={tab.count} />}
        </Link>
      ))}
    </nav>
  );
}
