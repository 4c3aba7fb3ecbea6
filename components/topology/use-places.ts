"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { RunPlaces } from "#lib/services/run-places.ts";

/** Between two looks, ms. */
const everyMs = 2_000;

/** Where the run of a deployment that is on is, as of two seconds ago; null while none is on. */
export function usePlaces(id: DeploymentId, busy: boolean): RunPlaces | null {
  const [places, setPlaces] = useState<RunPlaces | null>(null);
  useEffect(() => {
    if (!busy) return setPlaces(null);
    let over = false;
    const look = async () => {
      if (document.hidden) return;
      const answer = await fetch(`/deployments/${id}/places`).catch(() => null);
      if (over || !answer?.ok) return;
      const result = (await answer.json()) as ActionResult<RunPlaces | null>;
      if (result.ok) setPlaces(result.value);
    };
    void look();
    const timer = setInterval(look, everyMs);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [id, busy]);
  return places;
}
