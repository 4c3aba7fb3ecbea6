import { hopsOf } from "../hops.ts";
import type { Plan } from "../plan.ts";

export interface HopSection<Row> {
  /** "Hop 1 of 2: 3.2.2 → 3.3.0"; null where a plan has one hop and needs no heading. */
  title: string | null;
  rows: Row[];
}

/** "Hop 1 of 2: 3.2.2 → 3.3.0" */
export function hopTitle(plan: Pick<Plan, "hops"> & Parameters<typeof hopsOf>[0], hop: number) {
  const hops = hopsOf(plan);
  const { fromVersion, toVersion } = hops[hop - 1] ?? plan;
  return `Hop ${hop} of ${hops.length}: ${fromVersion} → ${toVersion}`;
}

/** Rows in their order, under a heading for each hop of a chain and for what is around the hops. Pure. */
export function hopSections<Row extends { hop: number | null }>(
  plan: Parameters<typeof hopTitle>[0],
  rows: readonly Row[],
): HopSection<Row>[] {
  if (rows.every(({ hop }) => hop === null)) return [{ title: null, rows: [...rows] }];
  const sections: HopSection<Row>[] = [];
  let open: number | null | undefined;
  for (const row of rows) {
    const last = sections.at(-1);
    if (last && row.hop === open) {
      last.rows.push(row);
      continue;
    }
    const around = sections.length === 0 ? "Before the hops" : "After the hops";
    sections.push({ title: row.hop === null ? around : hopTitle(plan, row.hop), rows: [row] });
    open = row.hop;
  }
  return sections;
}
