import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";
import type { NodeMark } from "#lib/domain/last-look.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { FleetRow } from "#lib/operations/fleet.ts";

/** More of one region would be a carpet: they are counted instead. */
const mostDrawn = 24;

/** Filled is well; what is not well has another shape, too, for those who see no green and red. */
const looks: Record<NodeMark, string> = {
  healthy: "bg-ok",
  unhealthy: "rotate-45 bg-fail",
  stopped: "border-2 border-fail",
  unreachable: "rotate-45 border-2 border-fail",
  unknown: "border border-control border-dashed",
};

/** Each region with a mark for every node, as it was last seen. */
export function RegionMarks({ regions }: { regions: FleetRow["regions"] }) {
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-0.5">
      {regions.map((region) => (
        <li key={region.name} className="flex min-w-0 items-center gap-2">
          <span className="max-w-44 truncate text-muted text-xs" title={region.name}>
            {region.name}
          </span>
          <Marks region={region} />
        </li>
      ))}
    </ul>
  );
}

function Marks({ region: { name, nodes } }: { region: FleetRow["regions"][number] }) {
  const t = useTranslations("fleet");
  const states = useTranslations("words");
  const words = marksInWords(
    nodes.map(({ mark }) => mark),
    t,
  );
  const drawn = nodes.length > mostDrawn ? nodes.filter(({ mark }) => mark !== "healthy") : nodes;
  return (
    <span className="flex items-center gap-1">
      <span role="img" aria-label={`${name}: ${words}`} className="flex gap-1">
        {drawn.slice(0, mostDrawn).map(({ id, name: node, mark }) => (
          <span
            key={id}
            title={`${node}: ${states(`marks.${mark}`)}`}
            className={cn("size-2 shrink-0 rounded-[1px]", looks[mark])}
          />
        ))}
      </span>
      {nodes.length > mostDrawn && (
        <span className="whitespace-nowrap text-muted text-xs tabular-nums">{words}</span>
      )}
    </span>
  );
}

/** "3 of 4 healthy", "96 of 100 healthy, 4 unreachable"; nothing is said of a look there was not. Pure. */
export function marksInWords(marks: readonly NodeMark[], t: Translator<"fleet">): string {
  const count = (mark: NodeMark) => marks.filter((one) => one === mark).length;
  const all = marks.length;
  if (count("unknown") === all) return t("notSeen", { count: all });
  const others = (["unhealthy", "stopped", "unreachable", "unknown"] as const)
    .filter((mark) => count(mark) > 0)
    .map((mark) => t("others", { count: count(mark), mark }));
  return t("healthyOf", { count: count("healthy"), all, others: others.join("") });
}
