import {
  type ListChoices,
  type ListView,
  sortedBy,
  toggled,
  viewOf,
  viewParams,
} from "#components/ui/list-view.ts";
import { addressOf, param, type SearchParams } from "#components/ui/search-params.ts";

/** Columns that can be left out; the others say which entry it is and what was done. */
export type AuditColumn = "when" | "who" | "to" | "detail";

const choices: ListChoices<"no", AuditColumn> = {
  sorting: { columns: { no: "descending" }, usual: "no" },
  columns: ["when", "who", "to", "detail"],
};

/** What the address of the audit asks for; anything that makes no sense is left out. */
export interface AuditListQuery extends ListView<"no", AuditColumn> {
  targetType: string;
  targetId: string;
  /** The number of the last entry of the page before; null: this is the first page. */
  beyond: number | null;
}

export function auditQueryOf(search: SearchParams): AuditListQuery {
  const view = viewOf(choices, search);
  const beyond = param(search, cursorOf(view));
  return {
    ...view,
    targetType: param(search, "type"),
    targetId: param(search, "id"),
    beyond: /^\d{1,15}$/.test(beyond) ? Number(beyond) : null,
  };
}

/** Older entries follow the newest ones, newer the oldest. */
function cursorOf({ order }: Pick<AuditListQuery, "order">): "before" | "after" {
  return order.descending ? "before" : "after";
}

/** What stays in the address when the filter changes. */
export function keptOfAudit(query: AuditListQuery) {
  return viewParams(choices, query);
}

export function auditAddress(query: AuditListQuery): string {
  return addressOf("/audit", {
    type: query.targetType,
    id: query.targetId,
    ...keptOfAudit(query),
    [cursorOf(query)]: query.beyond === null ? "" : String(query.beyond),
  });
}

/** The address of the same entries in the other order, from its first page. */
export function auditTurned(query: AuditListQuery): string {
  const order = sortedBy(choices.sorting, query.order, "no");
  return auditAddress({ ...query, order, beyond: null });
}

/** The address of the page with a column left out, or shown again. */
export function auditWithout(query: AuditListQuery, column: AuditColumn): string {
  return auditAddress({ ...query, hidden: toggled(choices.columns, query.hidden, column) });
}
