"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "#i18n";

/** Most pages are left without a search. */
const SearchDialog = dynamic(async () => (await import("./search-dialog.tsx")).SearchDialog);

/** The search of the top bar: opens with Ctrl-K or Cmd-K, goes anywhere without the mouse. */
export function CommandPalette() {
  const t = useTranslations("frame");
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((now) => !now);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-muted text-sm transition-colors hover:bg-hover hover:text-fg lg:w-56 lg:border lg:border-line-strong lg:bg-raised"
      >
        <Search className="size-4 shrink-0" aria-hidden="true" />
        <span className="flex-1 text-left max-lg:sr-only">{t("search")}</span>
        <span className="flex gap-1 max-lg:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {open && <SearchDialog button={button} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The name of a key. */
function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-mono text-2xs text-muted">
      {children}
    </kbd>
  );
}
