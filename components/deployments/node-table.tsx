"use client";

import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { Region } from "#lib/domain/inventory.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { LiveNode } from "#lib/services/views.ts";
import { useLive } from "./live.tsx";

/** A clock that is off by more than this confuses T1 and T2; milliseconds. */
const noticeableSkewMs = 2_000;

/** The nodes of a region with what they say now. */
export function NodeTable({ region }: { region: Pick<Region, "name" | "nodes"> }) {
  const t = useTranslations("deployments");
  const { seen, looking } = useLive();
  const rows = region.nodes.map((node) => ({
    node,
    live: seen?.nodes.find((one) => one.nodeId === node.id),
  }));
  const waiting = looking ? <Skeleton className="inline-block w-16" /> : "—";
  return (
    <DataTable
      label={t("nodesOf", { name: region.name })}
      rows={rows}
      rowKey={({ node }) => node.id}
      columns={[
        {
          name: t("nodeColumn"),
          className: "font-medium [overflow-wrap:anywhere]",
          cell: ({ node }) => node.name,
        },
        {
          name: t("state"),
          nameClassName: "sm:w-80",
          cell: ({ live }) => (live ? <NodeState live={live} /> : waiting),
        },
        { name: t("address"), mono: true, cell: ({ node }) => node.address },
        { name: t("container"), mono: true, cell: ({ node }) => node.containerName },
        {
          name: t("image"),
          mono: true,
          nameClassName: "sm:w-64",
          cell: ({ live }) => (
            <span className="block min-w-0 truncate sm:max-w-72" title={live?.image ?? undefined}>
              {live ? (live.image?.split("/").at(-1) ?? "—") : waiting}
            </span>
          ),
        },
        {
          name: t("clock"),
          align: "right",
          nameClassName: "sm:w-32",
          cell: ({ live }) => (live ? skewWords(live.skewMs, t) : waiting),
        },
      ]}
    />
  );
}

/** One line, so that no row grows when its node is seen; why stands below the tables. */
function NodeState({ live }: { live: LiveNode }) {
  const t = useTranslations("deployments");
  const said = useSaid();
  const { busy } = useLive();
  const { healthy, running, trouble, unreachableSince: since } = live;
  const state = healthy === true ? "healthy" : healthy === false ? "unhealthy" : "unknown";
  return (
    <span
      className="flex min-w-0 flex-wrap items-center gap-x-2"
      title={trouble === null ? undefined : said(trouble)}
    >
      {since ? (
        <>
          <StateBadge state="unhealthy" label={t("unreachable")} />
          <span className="whitespace-nowrap text-muted text-xs tabular-nums">
            {t.rich("since", {
              clock: () => <Clock at={since} />,
              tickingduration: () => <TickingDuration since={since} />,
            })}
          </span>
        </>
      ) : running === false ? (
        <StateBadge state={busy ? "not-yet" : "unhealthy"} label={t("containerStopped")} />
      ) : (
        <StateBadge state={state} />
      )}
    </span>
  );
}

function skewWords(skewMs: number | null, t: Translator<"deployments">): string {
  if (skewMs === null) return "—";
  if (Math.abs(skewMs) < noticeableSkewMs) return t("inStep");
  return t("offBy", { seconds: Math.abs(Math.round(skewMs / 1000)), ahead: String(skewMs > 0) });
}
