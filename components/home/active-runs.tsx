"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import useSWR from "swr";
import type { ActionResult } from "#lib/actions/session.ts";
import type { ActiveRun } from "#lib/operations/active-runs.ts";

/** Between two looks, milliseconds: while a run is on, while none is, and while nobody sees the page. */
const pollMs = { busy: 2_000, idle: 15_000, hidden: 10_000 };

interface ActiveRuns {
  runs: ActiveRun[];
  /** How far the server's clock is ahead of this browser's, milliseconds. */
  aheadMs: number;
}

const Context = createContext<ActiveRuns>({ runs: [], aheadMs: 0 });

/** The runs that are on, as of two seconds ago. */
export function useActiveRuns(): ActiveRuns {
  return useContext(Context);
}

export interface ActiveRunsProviderProps {
  /** As the page was rendered. */
  initial: ActiveRun[];
  children: ReactNode;
}

/** Follows the runs that are on, for everything on the page, and notices when one begins. */
export function ActiveRunsProvider({ initial, children }: ActiveRunsProviderProps) {
  const router = useRouter();
  const { data: now } = useSWR("/api/active-runs", fetchRuns, {
    fallbackData: { runs: initial, aheadMs: 0 },
    revalidateOnMount: false,
    refreshInterval: (last) => everyMs(last?.runs ?? initial),
    // The tab's title and icon, and the browser's notifications, are for whoever looks elsewhere.
    refreshWhenHidden: true,
    refreshWhenOffline: true,
    onErrorRetry: (_error, _key, _config, again, options) => {
      setTimeout(() => void again(options), everyMs(initial));
    },
  });
  const states = statesOf(now.runs);
  const shown = useRef(states);
  useEffect(() => {
    if (shown.current === states) return;
    shown.current = states;
    // A run began, ended or changed its state: the page around shows that too.
    router.refresh();
  }, [states, router]);
  return <Context value={now}>{children}</Context>;
}

function everyMs(runs: readonly ActiveRun[]): number {
  if (document.hidden) return pollMs.hidden;
  return runs.length > 0 ? pollMs.busy : pollMs.idle;
}

/** @throws Error when there is no answer */
async function fetchRuns(url: string): Promise<ActiveRuns> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const seen = (await answer.json()) as ActionResult<ActiveRun[]> & { at: number };
  if (!seen.ok) throw new Error(seen.error.message);
  return { runs: seen.value, aheadMs: seen.at - Date.now() };
}

function statesOf(runs: readonly ActiveRun[]): string {
  return runs.map((run) => `${run.id} ${run.status} ${run.leg}`).join();
}
