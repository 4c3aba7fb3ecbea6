"use client";

import { useResult } from "#components/forms/use-result.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { ImageOnNodes } from "#lib/operations/plans.ts";

export interface Images {
  images: ImageOnNodes[];
  /** Nodes that gave an answer. */
  answered: number;
}

/** The images that the nodes have; undefined while asking, null when nothing could be learnt. */
export function useImages(id: DeploymentId): Images | null | undefined {
  const { value, error } = useResult<Images>(`/deployments/${id}/images`);
  return value ?? (error ? null : undefined);
}
