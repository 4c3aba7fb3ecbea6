"use client";

import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "#i18n";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { HostLock } from "#lib/services/views.ts";

export interface Locks {
  /** The last look; null until there is one. */
  answer: ActionResult<HostLock[]> | null;
  looking: boolean;
  look: () => void;
}

/** Asks these nodes who holds them, once and whenever `look` is called. */
export function useLocks(deploymentId: DeploymentId, nodeIds: readonly NodeId[]): Locks {
  const t = useTranslations("locks");
  const [answer, setAnswer] = useState<ActionResult<HostLock[]> | null>(null);
  const [looking, setLooking] = useState(true);
  const query = nodeIds.map((id) => `node=${id}`).join("&");
  const look = useCallback(async () => {
    setLooking(true);
    setAnswer(await fetchLocks(`/deployments/${deploymentId}/locks?${query}`, t));
    setLooking(false);
  }, [deploymentId, query, t]);
  useEffect(() => void look(), [look]);
  return { answer, looking, look: () => void look() };
}

async function fetchLocks(
  address: string,
  t: Translator<"locks">,
): Promise<ActionResult<HostLock[]>> {
  try {
    return (await (await fetch(address)).json()) as ActionResult<HostLock[]>;
  } catch {
    const error = {
      code: "internal" as const,
      message: t("noAnswer"),
      remedy: t("checkThatItRunsAnd"),
      retryable: true,
    };
    return { ok: false, error };
  }
}
