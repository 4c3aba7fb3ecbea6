import { MousePointerClick, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { DatabaseServer, Inventory } from "#lib/domain/inventory.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { RunPlaces } from "#lib/operations/runs.ts";
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
  const t = useTranslations("topology");
  const { picked, onClose } = props;
  if (!picked) {
    return (
      <p className="flex items-center gap-2 rounded-lg border border-dashed px-3 py-4 text-muted text-sm">
        <MousePointerClick className="size-4 shrink-0" aria-hidden="true" />
        {t("pressOne")}
      </p>
    );
  }
  const { title, items, below } = detailsOf(props, picked, t);
  return (
    <section
      aria-label={t("details")}
      aria-live="polite"
      className="rounded-lg border bg-raised p-4"
    >
      <header className="mb-2 flex items-start justify-between gap-2">
        <h3 className="min-w-0 font-medium text-sm [overflow-wrap:anywhere]">{title}</h3>
        <IconButton icon={X} label={t("closeTheDetails")} size="sm" onClick={onClose} />
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

function detailsOf(props: PickedDetailsProps, picked: Pick, t: Translator<"topology">): Details {
  const { deployment, seen } = props;
  switch (picked.kind) {
    case "node":
      return nodeDetails(props, picked.nodeId, t);
    case "metadb": {
      const { metadb } = deployment;
      return {
        title: "MetaDB",
        items: [
          ...serverItems(metadb, t),
          { label: t("rmDatabase"), value: metadb.rmDatabase, mono: true },
          { label: t("cmDatabase"), value: metadb.cmDatabase, mono: true },
          { label: t("version"), value: seen?.metadb.version ?? null, mono: true },
          {
            label: t("trouble"),
            value: seen?.metadb.trouble ? <Said>{seen.metadb.trouble}</Said> : t("noneSeen"),
          },
        ],
      };
    }
    case "heartbeat": {
      const region = deployment.regions.find(({ name }) => name === picked.region);
      return {
        title: t("heartbeatDatabaseOf", { region: picked.region }),
        items: [
          { label: t("database"), value: region?.heartbeatDatabase ?? null, mono: true },
          ...serverItems(region?.heartbeatServer ?? deployment.metadb, t),
        ],
      };
    }
  }
}

function serverItems(
  { host, port, user, tls }: DatabaseServer,
  t: Translator<"topology">,
): Details["items"] {
  return [
    { label: t("server"), value: `${host}:${port}`, mono: true },
    { label: t("user"), value: user, mono: true },
    { label: "TLS", value: tls.mode, mono: true },
  ];
}

function nodeDetails(
  { deployment, seen, places }: PickedDetailsProps,
  nodeId: string,
  t: Translator<"topology">,
): Details {
  const found = allNodes(deployment).find(({ node }) => node.id === nodeId);
  if (!found) return { title: t("notRegistered"), items: [] };
  const { node, region } = found;
  const live = seen?.nodes.find((one) => one.nodeId === nodeId) ?? null;
  const place = places?.nodes.find((one) => one.nodeId === nodeId) ?? null;
  const { state, word, more } = nodeLook(live, place, t);
  return {
    title: node.name,
    items: [
      { label: t("state"), value: <StateBadge state={state} label={word} /> },
      ...(place
        ? [{ label: t("run"), value: t("stepsHere", { done: place.done, all: place.all }) }]
        : []),
      { label: t("region"), value: region.name },
      { label: t("address"), value: node.address, mono: true },
      { label: t("container"), value: node.containerName, mono: true },
      { label: t("image"), value: live?.image ?? null, mono: true },
      { label: "SSH", value: `${node.ssh.host}:${node.ssh.port}`, mono: true },
    ],
    below: more && (
      <p className="mt-3 text-muted text-xs [overflow-wrap:anywhere]">
        <Said>{more}</Said>
      </p>
    ),
  };
}
