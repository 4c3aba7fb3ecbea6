import { MousePointerClick, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { allNodes, type DatabaseServer, type Inventory } from "#lib/domain/inventory.ts";
import type { RunPlaces } from "#lib/services/run-places.ts";
import type { LiveDeployment } from "#lib/services/views.ts";
import { nodeLook } from "./node-look.ts";
import type { Pick } from "./pick.ts";

export interface PickedDetailsProps {
  deployment: Inventory;
  picked: Pick | null;
  seen: LiveDeployment | null;
  places: RunPlaces | null;
  onClose: () => void;
}

/** What was pressed in the picture, in full. */
export function PickedDetails(props: PickedDetailsProps) {
  const { picked, onClose } = props;
  if (!picked) {
    return (
      <p className="flex items-center gap-2 rounded-lg border border-dashed px-3 py-4 text-muted text-sm">
        <MousePointerClick className="size-4 shrink-0" aria-hidden="true" />
        Press a node or a database to see its details.
      </p>
    );
  }
  const { title, items, below } = detailsOf(props, picked);
  return (
    <section aria-label="Details" aria-live="polite" className="rounded-lg border bg-raised p-4">
      <header className="mb-2 flex items-start justify-between gap-2">
        <h3 className="min-w-0 font-medium text-sm [overflow-wrap:anywhere]">{title}</h3>
        <IconButton icon={X} label="Close the details" size="sm" onClick={onClose} />
      </header>
      <KeyValues items={items} />
      {below}
    </section>
  );
}

interface Details {
  title: string;
  items: { label: string; value: ReactNode; mono?: boolean }[];
  below?: ReactNode;
}

function detailsOf(props: PickedDetailsProps, picked: Pick): Details {
  const { deployment, seen } = props;
  switch (picked.kind) {
    case "node":
      return nodeDetails(props, picked.nodeId);
    case "metadb": {
      const { metadb } = deployment;
      return {
        title: "MetaDB",
        items: [
          ...serverItems(metadb),
          { label: "rm database", value: metadb.rmDatabase, mono: true },
          { label: "cm database", value: metadb.cmDatabase, mono: true },
          { label: "Version", value: seen?.metadb.version ?? null, mono: true },
          { label: "Trouble", value: seen?.metadb.trouble ?? "none seen" },
        ],
      };
    }
    case "heartbeat": {
      const region = deployment.regions.find(({ name }) => name === picked.region);
      return {
        title: `Heartbeat database of ${picked.region}`,
        items: [
          { label: "Database", value: region?.heartbeatDatabase ?? null, mono: true },
          ...serverItems(region?.heartbeatServer ?? deployment.metadb),
        ],
      };
    }
  }
}

function serverItems({ host, port, user }: DatabaseServer): Details["items"] {
  return [
    { label: "Server", value: `${host}:${port}`, mono: true },
    { label: "User", value: user, mono: true },
  ];
}

function nodeDetails({ deployment, seen, places }: PickedDetailsProps, nodeId: string): Details {
  const found = allNodes(deployment).find(({ node }) => node.id === nodeId);
  if (!found) return { title: "This node is registered no longer", items: [] };
  const { node, region } = found;
  const live = seen?.nodes.find((one) => one.nodeId === nodeId) ?? null;
  const place = places?.nodes.find((one) => one.nodeId === nodeId) ?? null;
  const { state, word, more } = nodeLook(live, place);
  return {
    title: node.name,
    items: [
      { label: "State", value: <StateBadge state={state} label={word} /> },
      ...(place ? [{ label: "Run", value: `${place.done} of ${place.all} steps done here` }] : []),
      { label: "Region", value: region.name },
      { label: "Address", value: node.address, mono: true },
      { label: "Container", value: node.containerName, mono: true },
      { label: "Image", value: live?.image ?? null, mono: true },
      { label: "SSH", value: `${node.ssh.host}:${node.ssh.port}`, mono: true },
    ],
    below: more && <p className="mt-3 text-muted text-xs [overflow-wrap:anywhere]">{more}</p>,
  };
}
