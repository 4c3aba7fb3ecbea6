"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "#lib/actions/session.ts";
import type { Found } from "#lib/operations/search.ts";

/** Between two keys, milliseconds: who types on is not asked about every letter. */
const pauseMs = 120;

interface Search {
  found: Found[];
  /** The text that `found` answers. */
  text: string;
  failed: boolean;
}

const nothing: Search = { found: [], text: "", failed: false };

/** What the server finds for a text, a moment after the last key. The last answer stays until then. */
export function useSearch(text: string): Search {
  const [search, setSearch] = useState<Search>(nothing);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(wanted, abort.signal);
      if (abort.signal.aborted) return;
      setSearch({ found: answer ?? [], text: wanted, failed: answer === null });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);
  return search;
}

async function ask(text: string, signal: AbortSignal): Promise<Found[] | null> {
  try {
    const answer = await fetch(`/api/search?${new URLSearchParams({ text })}`, { signal });
    const result = (await answer.json()) as ActionResult<Found[]>;
    return result.ok ? result.value : null;
  } catch {
    return null;
  }
}
