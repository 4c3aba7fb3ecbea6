import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";
import type { Region } from "#lib/domain/inventory.ts";
import type { DatabasePlace, NodePlace } from "#lib/domain/run-view/places.ts";
import type { LiveNode } from "#lib/services/views.ts";
import { DatabaseBox } from "./database-box.tsx";
import { nodeLook } from "./node-look.ts";
import { NodeTile } from "./node-tile.tsx";
import { type Pick, samePick } from "./pick.ts";

/** More nodes than this stand as small squares: the picture must fit a screen. */
const namedNodes = 24;

export interface RegionBoxProps {
  region: Region;
  /** What the nodes say; those that were not seen are missing. */
  live: readonly LiveNode[];
  /** Where the run is; null while none is on. */
  places: readonly NodePlace[] | null;
  work: DatabasePlace | null;
  /** A run is on. */
  busy: boolean;
  picked: Pick | null;
  onPick: (pick: Pick) => void;
}

/** A region: its address, its nodes, its heartbeat database. */
export function RegionBox(props: RegionBoxProps) {
  const { region, live, places, work, busy, picked, onPick } = props;
  const t = useTranslations("topology");
  const small = region.nodes.length > namedNodes;
  const heartbeat = { kind: "heartbeat", region: region.name } as const;
  const { heartbeatServer: server, bastion } = region;
  return (
    <section
      aria-label={t("regionNamed", { name: region.name })}
      className="grid grid-cols-[minmax(0,1fr)] content-start gap-3 rounded-lg border bg-surface p-3"
    >
      <header className="grid gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="font-medium text-sm [overflow-wrap:anywhere]">{region.name}</h3>
          {region.isDefault && <Badge>{t("defaultRegion")}</Badge>}
          <span className="text-muted text-xs">{t("location", { location: region.location })}</span>
        </div>
        <p className="text-muted text-xs [overflow-wrap:anywhere]">
          {t.rich("vip", {
            cmUrl: region.cmUrl,
            span: (chunks) => <span className="font-mono">{chunks}</span>,
          })}
          {bastion && (
            <>
              {" "}
              {t.rich("throughTheBastion", {
                host: bastion.host,
                port: bastion.port,
                span: (chunks) => <span className="font-mono">{chunks}</span>,
              })}
            </>
          )}
        </p>
      </header>
      <ul
        aria-label={t("nodesOf", { name: region.name })}
        className={cn(
          "grid",
          small
            ? "grid-cols-[repeat(auto-fill,minmax(1.75rem,1fr))] gap-1"
            : "grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-2",
        )}
      >
        {region.nodes.map((node) => {
          const pick = { kind: "node", nodeId: node.id } as const;
          return (
            <li key={node.id} className="min-w-0">
              <NodeTile
                node={node}
                look={nodeLook(
                  live.find(({ nodeId }) => nodeId === node.id) ?? null,
                  places?.find(({ nodeId }) => nodeId === node.id) ?? null,
                  t,
                )}
                small={small}
                picked={samePick(picked, pick)}
                onPick={() => onPick(pick)}
              />
            </li>
          );
        })}
      </ul>
      <DatabaseBox
        title={t("heartbeats")}
        databases={[region.heartbeatDatabase]}
        server={server && `${server.host}:${server.port}`}
        trouble={null}
        roomy={busy}
        work={work}
        picked={samePick(picked, heartbeat)}
        onPick={() => onPick(heartbeat)}
      />
    </section>
  );
}
