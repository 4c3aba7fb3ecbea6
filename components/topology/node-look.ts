import type { StateName } from "#components/ui/states.ts";
import type { NodePlace } from "#lib/domain/run-view/places.ts";
import type { LiveNode } from "#lib/services/views.ts";

export interface NodeLook {
  state: StateName;
  /** A word or two for the tile. */
  word: string;
  /** What is done there, or what keeps it from being well; null: nothing to say. */
  more: string | null;
}

/**
 * How a node looks in the picture: what the run does there first, then what the node itself says. Pure.
 *
 * @param live null: it was not seen yet
 * @param place null: no run is on
 */
export function nodeLook(live: LiveNode | null, place: NodePlace | null): NodeLook {
  if (place?.leftOut) return { state: "skipped", word: "Left out", more: null };
  if (live?.unreachableSince) {
    return { state: "unhealthy", word: "Unreachable", more: live.trouble };
  }
  if (place && (place.status === "running" || place.status === "failed")) {
    return {
      state: place.status,
      word: place.status === "running" ? "Busy" : "Failed",
      more: place.doing,
    };
  }
  if (place?.status === "uncertain")
    return { state: "uncertain", word: "Uncertain", more: place.doing };
  if (live?.running === false) {
    return place
      ? { state: "not-yet", word: "Stopped", more: "Stopped by the run" }
      : { state: "unhealthy", word: "Stopped", more: live.trouble };
  }
  if (!live || live.healthy === null) {
    return { state: "unknown", word: live ? "Unknown" : "Not seen", more: live?.trouble ?? null };
  }
  return live.healthy
    ? { state: "healthy", word: "Healthy", more: live.trouble }
    : { state: "unhealthy", word: "Unhealthy", more: live.trouble };
}
