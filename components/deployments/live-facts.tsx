"use client";

import { KeyValues } from "#components/ui/key-values.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { LiveDeployment } from "#lib/services/views.ts";
import { useLive } from "./live.tsx";

/** The state of all nodes in one word, beside the title. */
export function HealthBadge() {
  const t = useTranslations("deployments");
  const { seen, looking, busy } = useLive();
  // During a run nodes are down on purpose; its bar says what is going on.
  if (busy) return null;
  if (!seen) return looking ? <Skeleton className="h-6 w-32 rounded-full" /> : null;
  return <StateBadge look="box" {...health(seen, t)} />;
}

function health(
  { nodes }: LiveDeployment,
  t: Translator<"deployments">,
): {
  state: "healthy" | "unhealthy" | "unknown";
  label: string;
} {
  const healthy = nodes.filter((node) => node.healthy && node.running).length;
  const label = t("ofHealthy", { healthy, nodes: nodes.length });
  if (healthy === nodes.length) return { state: "healthy", label: t("allNodesHealthy") };
  const bad = nodes.some(
    (node) => node.healthy === false || node.running === false || node.unreachableSince !== null,
  );
  return { state: bad ? "unhealthy" : "unknown", label };
}

/** HA and the MetaDB: what is known from the inventory, and what the MetaDB says. */
export function DeploymentFacts({ metadb }: { metadb: Inventory["metadb"] }) {
  const t = useTranslations("deployments");
  const { seen, looking } = useLive();
  const waiting = <Skeleton className="w-20" />;
  return (
    <KeyValues
      look="columns"
      items={[
        { label: "HA", value: seen ? haWords(seen.ha, t) : looking ? waiting : null },
        {
          label: "MetaDB",
          mono: true,
          value: `${metadb.host}:${metadb.port}`,
        },
        { label: t("user"), mono: true, value: metadb.user },
        {
          label: "TLS",
          mono: true,
          value: [metadb.tls.mode, seen?.metadb.tls?.protocol].filter(Boolean).join(", "),
        },
        {
          label: t("rmAndCmDatabases"),
          mono: true,
          value: `${metadb.rmDatabase}, ${metadb.cmDatabase}`,
        },
        {
          label: t("metadbVersion"),
          mono: true,
          value: seen ? seen.metadb.version : looking ? waiting : null,
        },
      ]}
    />
  );
}

function haWords(ha: boolean | null, t: Translator<"deployments">): string {
  if (ha === null) return t("notKnown");
  return ha ? t("on") : t("off");
}
