import { orderOf, orderParam, type Sorting, sortedBy } from "#components/ui/list-view.ts";
import { addressOf, param, type SearchParams } from "#components/ui/search-params.ts";
import type { Order } from "#lib/domain/sort-rows.ts";

const sorting: Sorting<"no"> = { columns: { no: "descending" }, usual: "no" };

/** What the address of the audit asks for; anything that makes no sense is left out. */
export interface AuditListQuery {
  order: Order<"no">;
  targetType: string;
  targetId: string;
  /** The number of the last entry of the page before; null: this is the first page. */
  beyond: number | null;
}

export function auditQueryOf(search: SearchParams): AuditListQuery {
  const order = orderOf(sorting, param(search, "sort"));
  const beyond = param(search, cursorOf({ order }));
  return {
    order,
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
  return { sort: orderParam(sorting, query.order) };
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
  const order = sortedBy(sorting, query.order, "no");
  return auditAddress({ ...query, order, beyond: null });
}
