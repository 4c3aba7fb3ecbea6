import { type RunState, stepsOfLeg } from "../run.ts";
import { compareVersions } from "../versions.ts";

/** What becomes of OMS links around an upgrade (docs/domain, section 3, step 10). */
export const linkRows = [
  {
    link: "Migration",
    before: "running",
    haOff: "Link runs; Store and JDBCWriter abnormal",
    haOn: "JDBCWriter starts by itself",
    byHand: false,
  },
  {
    link: "Migration",
    before: "failed",
    haOff: "Link failed; Store and JDBCWriter abnormal",
    haOn: "JDBCWriter starts by itself; recover the link by hand",
    byHand: true,
  },
  {
    link: "Synchronization",
    before: "running",
    haOff: "Link runs; Store and Connector abnormal",
    haOn: "Store pulls back by refetchStoreIntervalMin; Connector restarts",
    byHand: false,
  },
  {
    link: "Synchronization",
    before: "suspended",
    haOff: "Link and Connector suspended; Store abnormal",
    haOn: "Store pulls back; Connector restarts; recover the link by hand",
    byHand: true,
  },
] as const;

/** Browsers keep the old console's files: users of 4.x clear the cache (docs/domain, section 3). */
export function needsCacheCleared(toVersion: string): boolean {
  return compareVersions(toVersion, "4.0.0") >= 0;
}

/** What switching HA on calculated in the current leg; null when HA stayed off or was set by hand. */
export function intervalOf(state: RunState): { minutes: number | null; arithmetic: string } | null {
  for (const { output } of stepsOfLeg(state)) {
    if (typeof output !== "object" || output === null) continue;
    const { arithmetic, refetchStoreIntervalMin: minutes } = output as Record<string, unknown>;
    if (typeof arithmetic !== "string") continue;
    return { minutes: typeof minutes === "number" ? minutes : null, arithmetic };
  }
  return null;
}
