"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { PreflightProgress } from "#lib/domain/preflight.ts";

/** Between two questions, milliseconds. */
const everyMs = 700;

/** How far the preflight of a deployment is, host by host; null while nothing is known of it. */
export function useProgress(id: DeploymentId): PreflightProgress | null {
  const [progress, setProgress] = useState<PreflightProgress | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const { signal } = leaving;
      const response = await fetch(`/deployments/${id}/preflight/progress`, { signal });
      const answer = (await response.json()) as ActionResult<PreflightProgress | null>;
      if (answer.ok && answer.value) setProgress(answer.value);
    };
    const again = () => {
      // What it showed last stays in sight when one answer is lost.
      void ask()
        .catch(() => undefined)
        .then(() => {
          if (!leaving.signal.aborted) timer = setTimeout(again, everyMs);
        });
    };
    again();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [id]);
  return progress;
}
