"use client";

import { useState } from "react";
import { LiveTrouble, useLive } from "#components/deployments/live.tsx";
import { NodeTroubles } from "#components/deployments/node-troubles.tsx";
import { useResult } from "#components/forms/use-result.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { regionsInOrder } from "#lib/domain/regions.ts";
import type { RunPlaces } from "#lib/operations/runs.ts";
import { DatabaseBox } from "./database-box.tsx";
import { type Pick, samePick } from "./pick.ts";
import { PickedDetails } from "./picked-details.tsx";
import { RegionBox } from "./region-box.tsx";

/** A deployment as a picture: the MetaDB, the regions that share it, their nodes; details on demand. */
export function Topology({ deployment }: { deployment: Inventory }) {
  const { seen, busy } = useLive();
  const where = `/deployments/${deployment.id}/places`;
  const { value: places } = useResult<RunPlaces | null>(busy ? where : null, { everyMs: 2_000 });
  const [picked, setPicked] = useState<Pick | null>(null);
  const toggle = (pick: Pick) => setPicked(samePick(picked, pick) ? null : pick);
  const { metadb } = deployment;
  const regions = regionsInOrder(deployment);
  const atWork = (...databases: string[]) =>
    places?.databases.find(
      ({ database, status }) =>
        databases.includes(database) && status !== "pending" && status !== "succeeded",
    ) ?? null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] rounded-lg border bg-sunken p-3 sm:p-5">
        <div className="w-full justify-self-center sm:max-w-80">
          <DatabaseBox
            title={"MetaDB"}
            databases={[metadb.rmDatabase, metadb.cmDatabase]}
            server={`${metadb.host}:${metadb.port}`}
            trouble={seen?.metadb.trouble ?? null}
            roomy
            work={atWork(metadb.rmDatabase, metadb.cmDatabase)}
            picked={picked?.kind === "metadb"}
            onPick={() => toggle({ kind: "metadb" })}
          />
        </div>
        <div
          aria-hidden="true"
          className="h-4 w-px justify-self-center bg-line-strong max-sm:ml-4 max-sm:justify-self-start"
        />
        <ul
          className={
            regions.length === 1
              ? "grid"
              : "grid gap-x-4 gap-y-3 border-line-strong sm:border-t max-sm:ml-4 max-sm:border-l max-sm:pl-3 lg:grid-cols-2"
          }
        >
          {regions.map((region) => (
            <li key={region.id} className="grid min-w-0 grid-cols-[minmax(0,1fr)]">
              {regions.length > 1 && (
                <span
                  aria-hidden="true"
                  className="h-4 w-px justify-self-center bg-line-strong max-lg:hidden"
                />
              )}
              <RegionBox
                region={region}
                live={seen?.nodes ?? []}
                places={places?.nodes ?? null}
                work={atWork(region.heartbeatDatabase)}
                busy={busy}
                picked={picked}
                onPick={toggle}
              />
            </li>
          ))}
        </ul>
      </div>
      {/* What is wrong stands beside the picture and moves none of it. */}
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
        <PickedDetails {...{ deployment, picked, seen, places }} onClose={() => setPicked(null)} />
        <LiveTrouble />
        <NodeTroubles most={3} brief />
      </div>
    </div>
  );
}
