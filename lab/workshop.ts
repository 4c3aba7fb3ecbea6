import { createBridge, isSubnetFree } from "./network.ts";
import { removeLab } from "./remove.ts";
import { claimLab, type LabNames } from "./state.ts";

/**
 * A lab number for the time of making a cache entry that needs running daemons. As with any lab, what a
 * killed maker leaves is found and removed by the next `up` or `down`.
 */
export async function inWorkshop<T>(work: (names: LabNames) => Promise<T>): Promise<T> {
  const names = claimLab(isSubnetFree);
  try {
    await createBridge(names);
    return await work(names);
  } finally {
    await removeLab(names);
  }
}
