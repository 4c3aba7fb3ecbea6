"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { ActiveRun } from "#lib/services/active-run.ts";

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
  const [polled, setPolled] = useState<ActiveRuns | null>(null);
  const now = polled ?? { runs: initial, aheadMs: 0 };
  const busy = now.runs.length > 0;
  const states = statesOf(now.runs);

  useEffect(() => {
    let stopped = false;
    let lookedAt = Date.now();
    const timer = setInterval(
      async () => {
        if (document.hidden && Date.now() - lookedAt < pollMs.hidden) return;
        lookedAt = Date.now();
        const answer = await fetch("/api/active-runs").catch(() => null);
        if (!answer?.ok || stopped) return;
        const { runs, at } = (await answer.json()) as { runs: ActiveRun[]; at: number };
        setPolled({ runs, aheadMs: at - Date.now() });
        // A run began, ended or changed its state: the page around shows that too.
        if (statesOf(runs) !== states) router.refresh();
      },
      busy ? pollMs.busy : pollMs.idle,
    );
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [busy, states, router]);

  return <Context value={now}>{children}</Context>;
}

function statesOf(runs: readonly ActiveRun[]): string {
  return runs.map((run) => `${run.id} ${run.status} ${run.leg}`).join();
}
