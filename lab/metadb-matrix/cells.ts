import type { MetaAccount } from "#lab/metadb/accounts.ts";
import { type MetadbKind, metadbKinds, toolsFor } from "#lab/metadb/kind.ts";
import type { LabOptions } from "#lab/options.ts";

/** Whose dump program and client there are: the host's own, none but the old image's, the other family's everywhere. */
export const toolPlaces = ["host", "old-image", "other"] as const;
export type ToolPlace = (typeof toolPlaces)[number];

export const accounts = ["all", "asked", "role", "partial-revoke"] as const;

/** From where a cell's rollback begins. */
const points = ["after the upgrade", "after a failure at init", "before the new start"] as const;
export type RollbackPoint = (typeof points)[number];

export interface Cell {
  server: MetadbKind;
  tools: ToolPlace;
  account: MetaAccount;
  point: RollbackPoint;
}

/** Every cell there is; MySQL alone can take back a part of a right. Servers and tools stand together, as labs do. */
export const allCells: readonly Cell[] = metadbKinds.flatMap((server) =>
  toolPlaces.flatMap((tools, row) =>
    accounts
      .filter((account) => account !== "partial-revoke" || server === "mysql")
      // Shifted from row to row, so that no account has the same point everywhere.
      .map((account, column): Cell => {
        const point = points[(row + column) % points.length] ?? points[0];
        return { server, tools, account, point };
      }),
  ),
);

/**
 * The cells of `SERVER[,TOOLS[,ACCOUNT]]`. Pure.
 *
 * @throws Error when there is none
 */
export function chosenCells(only: string | undefined): Cell[] {
  const [server, tools, account] = only?.split(",") ?? [];
  const chosen = allCells.filter(
    (cell) =>
      (server === undefined || cell.server === server) &&
      (tools === undefined || cell.tools === tools) &&
      (account === undefined || cell.account === account),
  );
  if (chosen.length > 0) return chosen;
  throw new Error(
    `--only ${only}: there is ${[metadbKinds, toolPlaces, accounts].map((each) => each.join("|")).join(",")}`,
  );
}

/** Whether `--quick` goes the whole way with it: what fits best; the others are asked for a plan alone. */
export const isBest = ({ tools, account }: Cell): boolean => tools === "host" && account === "all";

export const keyOfCell = ({ server, tools, account }: Cell): string =>
  `${server},${tools},${account}`;

/** Cells that can share a lab: only the account differs. */
export const byLab = (cells: readonly Cell[]): Cell[][] => [
  ...Map.groupBy(cells, ({ server, tools }) => `${server},${tools}`).values(),
];

/** The lab of a cell: two regions of one node, the least that has two heartbeat databases. */
export function labOptionsOf({ server, tools, account }: Cell): Partial<LabOptions> {
  const fitting = toolsFor(server);
  const taken = tools === "other" ? otherThan(fitting) : fitting;
  const region = (name: string, nameCn: string, location: number, node: string) => ({
    ...{ name, nameCn, location, isDefault: location === 0, nodes: [node] },
    heartbeatDatabase: `oms_cm_heartbeat_${location + 1}`,
  });
  return {
    metadb: server,
    metaAccount: account,
    regions: [
      region("cn-hangzhou", "杭州", 0, "hz-1"),
      region("cn-heilongjiang", "黑龙江", 1, "hlj-1"),
    ],
    loadNewImage: true,
    initSeconds: 1,
    hostTools: tools === "old-image" ? "none" : taken,
    imageTools: { old: taken, new: taken },
  };
}

const otherThan = (family: "mariadb" | "mysql") => (family === "mysql" ? "mariadb" : "mysql");
