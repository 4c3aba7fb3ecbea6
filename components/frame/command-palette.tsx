"use client";

import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { fetchAhead } from "#components/ui/fetch-ahead.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { useTranslations } from "#i18n";

/** Fetched when somebody comes near the search. */
const dialog = () => import("./search-dialog.tsx");
const SearchDialog = lazy(() => dialog().then((loaded) => ({ default: loaded.SearchDialog })));

/** The search of the top bar: opens with Ctrl-K or Cmd-K, goes anywhere without the mouse. */
export function CommandPalette() {
  const t = useTranslations("frame");
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const change = (next: boolean) => {
    setWanted(true);
    setOpen(next);
  };

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setWanted(true);
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
        onClick={() => change(true)}
        onPointerEnter={() => fetchAhead(dialog)}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-muted text-sm transition-colors hover:bg-hover hover:text-fg lg:w-56 lg:border lg:border-line-strong lg:bg-raised"
      >
        <Search className="size-4 shrink-0" aria-hidden="true" />
        <span className="flex-1 text-left max-lg:sr-only">{t("search")}</span>
        <span className="flex gap-1 max-lg:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {wanted && (
        <Suspense>
          <SearchDialog {...{ open, button }} onOpenChange={change} />
        </Suspense>
      )}
    </>
  );
}
