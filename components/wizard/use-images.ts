"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { ImageOnNodes } from "#lib/services/live-images.ts";

export interface Images {
  images: ImageOnNodes[];
  /** Nodes that gave an answer. */
  answered: number;
}

/** The images that the nodes have; undefined while asking, null when nothing could be learnt. */
export function useImages(id: DeploymentId): Images | null | undefined {
  const [images, setImages] = useState<Images | null>();
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const response = await fetch(`/deployments/${id}/images`);
      const answer = (await response.json()) as ActionResult<Images>;
      if (!left) setImages(answer.ok ? answer.value : null);
    };
    ask().catch(() => !left && setImages(null));
    return () => {
      left = true;
    };
  }, [id]);
  return images;
}
