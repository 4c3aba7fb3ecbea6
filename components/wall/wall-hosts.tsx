import { cn } from "#components/ui/class-names.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { type StateName, states, toneBox } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import { groupBy } from "#lib/domain/group-by.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { type NodePlace, nodePlaces } from "#lib/domain/run-view/places.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import type { Translator } from "#lib/i18n/types.ts";

/** More nodes than this get small tiles with their names alone. */
const largeTiles = 24;

export interface WallHostsProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
}

/** Every node as a tile, by region: how far it is and what is done on it. */
export function WallHosts({ run, plan, names }: WallHostsProps) {
  const t = useTranslations("wall");
  const places = nodePlaces(plan, run, names);
  const small = places.length > largeTiles;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {[...groupBy(places, ({ region }) => region)].map(([region, nodes]) => (
        <section key={region} aria-label={t("nodesOf", { region })} className="grid gap-1.5">
          <h2 className="text-muted text-xs [overflow-wrap:anywhere]">{region}</h2>
          <ul
            className={cn(
              "grid gap-2",
              small
                ? "grid-cols-[repeat(auto-fill,minmax(6rem,1fr))]"
                : "grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]",
            )}
          >
            {nodes.map((place) => (
              <HostTile key={place.nodeId} place={place} small={small} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function HostTile({ place, small }: { place: NodePlace; small: boolean }) {
  const t = useTranslations("wall");
  const said = useSaid();
  const look = lookOf(place, t);
  const { state } = look;
  const words = said(look.words);
  return (
    <li
      title={words}
      className={cn(
        "grid min-w-0 gap-1 rounded-md border",
        small ? "px-2 py-1" : "px-3 py-2",
        state === "not-yet" ? "bg-raised" : toneBox[states[state].tone],
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StateGlyph state={state} className={small ? "size-3.5" : "size-4"} />
        <span className={cn("truncate font-medium font-mono", small ? "text-xs" : "text-sm")}>
          {place.name}
        </span>
        {!small && (
          <span className="ml-auto text-xs tabular-nums">
            {place.done}/{place.all}
          </span>
        )}
      </span>
      {small ? (
        <span className="sr-only">{words}</span>
      ) : (
        <span className="line-clamp-2 min-h-[2lh] text-xs [overflow-wrap:anywhere]">{words}</span>
      )}
    </li>
  );
}

function lookOf(place: NodePlace, t: Translator<"wall">): { state: StateName; words: string } {
  if (place.leftOut) return { state: "skipped", words: t("leftOut") };
  if (place.unreachable) return { state: "unhealthy", words: t("givesNoAnswer") };
  switch (place.status) {
    case "pending":
      return {
        state: "not-yet",
        words: place.done === 0 ? t("notBegun") : t("waitsForItsNextStep"),
      };
    case "succeeded":
      return { state: "succeeded", words: t("allStepsDone") };
    default:
      return { state: place.status, words: place.doing ?? "" };
  }
}
