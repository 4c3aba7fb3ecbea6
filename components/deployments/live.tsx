"use client";

import { RefreshCw } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { type Asked, useResult } from "#components/forms/use-result.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { LiveDeployment } from "#lib/services/views.ts";

interface Live {
  /** The last look that succeeded. */
  seen: LiveDeployment | null;
  error: Asked<LiveDeployment>["error"];
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
  const live = useResult<LiveDeployment>(`/deployments/${id}/live`, { everyMs: 30_000, moment });
  const { value: seen, error, asking: looking, ask: look } = live;
  return <Context value={{ seen, error, looking, busy, look }}>{children}</Context>;
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
  const t = useTranslations("deployments");
  const { seen, error } = useLive();
  return (
    <>
      {error && (
        <Notice tone="warn" role="status" title={t("notLooked", { message: error.message })}>
          {error.remedy}
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
