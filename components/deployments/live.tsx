"use client";

import { RefreshCw } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import type { ActionError } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { LiveDeployment } from "#lib/services/views.ts";

/** Between two looks while the page is visible, milliseconds. */
const everyMs = 30_000;

interface Live {
  /** The last look that succeeded. */
  seen: LiveDeployment | null;
  error: ActionError | null;
  looking: boolean;
  busy: boolean;
  look: () => void;
}

const Context = createContext<Live | null>(null);

/** What the hosts say now. @throws Error outside of a LiveProvider */
export function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("this belongs inside a LiveProvider");
  return live;
}

export interface LiveProviderProps {
  id: DeploymentId;
  /** Another text calls for another look at once: the deployment or its run has moved on. */
  moment: string;
  /** A run is on: what it stopped is stopped on purpose. */
  busy: boolean;
  children: ReactNode;
}

/** Looks at a deployment's hosts after the page is there, then every 30 s while it is visible. */
export function LiveProvider({ id, moment, busy, children }: LiveProviderProps) {
  const t = useTranslations("deployments");
  const [seen, setSeen] = useState<LiveDeployment | null>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const [looking, setLooking] = useState(true);

  const look = useCallback(async () => {
    setLooking(true);
    const answer = await fetchLive(id, t);
    setLooking(false);
    if (!answer.ok) return setError(answer.error);
    setError(null);
    setSeen(answer.value);
  }, [id, t]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment calls for another look.
  useEffect(() => {
    void look();
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, everyMs);
    return () => clearInterval(timer);
  }, [look, moment]);

  return (
    <Context value={{ seen, error, looking, busy, look: () => void look() }}>{children}</Context>
  );
}

async function fetchLive(
  id: DeploymentId,
  t: Translator<"deployments">,
): Promise<ActionResult<LiveDeployment>> {
  try {
    const response = await fetch(`/deployments/${id}/live`);
    return (await response.json()) as ActionResult<LiveDeployment>;
  } catch {
    const error = {
      code: "internal" as const,
      message: t("theDashboardDidNotAnswer"),
      remedy: t("checkThatItRunsAnd"),
      retryable: true,
    };
    return { ok: false, error };
  }
}

/** When the hosts were last seen, and the button to look again. */
export function LookAgain() {
  const t = useTranslations("deployments");
  const { seen, looking, look } = useLive();
  return (
    <div className="flex items-center gap-3">
      <span className="min-w-36 text-right text-muted text-xs" role="status">
        {looking
          ? t("lookingAtTheNodes")
          : seen
            ? t.rich("seen", { relativetime: () => <RelativeTime at={seen.seenAt} /> })
            : t("notSeenYet")}
      </span>
      <Button size="sm" loading={looking} onClick={look}>
        <RefreshCw aria-hidden="true" />
        {t("lookAgain")}
      </Button>
    </div>
  );
}

/** The MetaDB is reached through a node: what is wrong with that node is said there. */
function saidOfNode({ metadb, nodes }: LiveDeployment): boolean {
  return nodes.some(({ trouble }) => trouble !== null && trouble === metadb.trouble);
}

/** Why the look itself failed; the rest of the page stands without it. */
export function LiveTrouble() {
  const said = useSaid();
  const t = useTranslations("deployments");
  const { seen, error } = useLive();
  return (
    <>
      {error && (
        <Notice tone="warn" role="status" title={t("notLooked", { message: said(error.message) })}>
          {said(error.remedy)}
        </Notice>
      )}
      {seen?.metadb.trouble && !saidOfNode(seen) && (
        <Notice tone="warn" role="status" title={t("metadbNotLooked")}>
          <Said>{seen.metadb.trouble}</Said>
        </Notice>
      )}
    </>
  );
}
