import type { StateName } from "#components/ui/states.ts";
import type { Text } from "#lib/domain/message.ts";
import type { NodePlace } from "#lib/domain/run-view/places.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { LiveNode } from "#lib/services/views.ts";

export interface NodeLook {
  state: StateName;
  /** A word or two for the tile. */
  word: string;
  /** What is done there, or what keeps it from being well; null: nothing to say. */
  more: Text | null;
}

/**
 * How a node looks in the picture: what the run does there first, then what the node itself says. Pure.
 *
 * @param live null: it was not seen yet
 * @param place null: no run is on
 */
export function nodeLook(
  live: LiveNode | null,
  place: NodePlace | null,
  t: Translator<"topology">,
): NodeLook {
  if (place?.leftOut) return { state: "skipped", word: t("leftOut"), more: null };
  if (live?.unreachableSince) {
    return { state: "unhealthy", word: t("unreachable"), more: live.trouble };
  }
  if (place && (place.status === "running" || place.status === "failed")) {
    return {
      state: place.status,
      word: place.status === "running" ? t("busy") : t("failed"),
      more: place.doing,
    };
  }
  if (place?.status === "uncertain")
    return { state: "uncertain", word: t("uncertain"), more: place.doing };
  if (live?.running === false) {
    return place
      ? { state: "not-yet", word: t("stopped"), more: t("stoppedByTheRun") }
      : { state: "unhealthy", word: t("stopped"), more: live.trouble };
  }
  if (!live || live.healthy === null) {
    return {
      state: "unknown",
      word: live ? t("unknown") : t("notSeen"),
      more: live?.trouble ?? null,
    };
  }
  return live.healthy
    ? { state: "healthy", word: t("healthy"), more: live.trouble }
    : { state: "unhealthy", word: t("unhealthy"), more: live.trouble };
}
