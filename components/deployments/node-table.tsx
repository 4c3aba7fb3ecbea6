"use client";

import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import type { Node, Region } from "#lib/domain/inventory.ts";
import type { LiveNode } from "#lib/services/views.ts";
import { useLive } from "./live.tsx";

/** A clock that is off by more than this confuses T1 and T2; milliseconds. */
const noticeableSkewMs = 2_000;

/** The nodes of a region with what they say now. */
export function NodeTable({ region }: { region: Pick<Region, "name" | "nodes"> }) {
  const { seen, looking } = useLive();
  return (
    <Table label={`Nodes of ${region.name}`}>
      <THead>
        <Th>Node</Th>
        <Th>State</Th>
        <Th>Address</Th>
        <Th>Container</Th>
        <Th>Image</Th>
        <Th align="right">Clock</Th>
      </THead>
      <TBody>
        {region.nodes.map((node) => (
          <NodeRow
            key={node.id}
            node={node}
            live={seen?.nodes.find((one) => one.nodeId === node.id)}
            looking={looking}
          />
        ))}
      </TBody>
    </Table>
  );
}

interface NodeRowProps {
  node: Node;
  live: LiveNode | undefined;
  looking: boolean;
}

function NodeRow({ node, live, looking }: NodeRowProps) {
  const waiting = !live && looking ? <Skeleton className="inline-block w-16" /> : "—";
  return (
    <Tr>
      <Td className="font-medium [overflow-wrap:anywhere]">{node.name}</Td>
      <Td label="State">{live ? <NodeState live={live} /> : waiting}</Td>
      <Td label="Address" mono>
        {node.address}
      </Td>
      <Td label="Container" mono>
        {node.containerName}
      </Td>
      <Td label="Image" mono>
        <span className="block min-w-0 truncate sm:max-w-72" title={live?.image ?? undefined}>
          {live ? (live.image?.split("/").at(-1) ?? "—") : waiting}
        </span>
      </Td>
      <Td label="Clock" align="right">
        {live ? skewWords(live.skewMs) : waiting}
      </Td>
    </Tr>
  );
}

function NodeState({ live }: { live: LiveNode }) {
  const { busy } = useLive();
  const state =
    live.healthy === true ? "healthy" : live.healthy === false ? "unhealthy" : "unknown";
  const stopped = live.running === false;
  const { unreachableSince: since } = live;
  if (since) return <Unreachable since={since} trouble={live.trouble} />;
  return (
    <span className="grid min-w-0 justify-items-start">
      <StateBadge
        state={stopped ? (busy ? "not-yet" : "unhealthy") : state}
        {...(stopped && { label: "Container stopped" })}
      />
      {live.trouble && (
        <span className="max-w-md text-muted text-xs [overflow-wrap:anywhere]">{live.trouble}</span>
      )}
    </span>
  );
}

function Unreachable({ since, trouble }: { since: string; trouble: string | null }) {
  return (
    <span className="grid min-w-0 justify-items-start">
      <StateBadge state="unhealthy" label="Unreachable" />
      <span className="text-muted text-xs tabular-nums">
        since <Clock at={since} /> (<TickingDuration since={since} />)
      </span>
      {trouble && (
        <span className="max-w-md text-muted text-xs [overflow-wrap:anywhere]">{trouble}</span>
      )}
    </span>
  );
}

function skewWords(skewMs: number | null): string {
  if (skewMs === null) return "—";
  if (Math.abs(skewMs) < noticeableSkewMs) return "in step";
  return `${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? "ahead" : "behind"}`;
}
