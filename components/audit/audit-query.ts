import { createLoader, createSerializer, type inferParserType, parseAsInteger } from "nuqs/server";
import { parseAsName, parseAsOrder, parseAsText } from "#components/ui/query.ts";

export const auditSorts = { no: "descending" } as const;

const params = {
  type: parseAsName,
  id: parseAsText,
  sort: parseAsOrder(auditSorts, "no"),
  /** The number of the last entry of the page before; null: this is the first page. */
  beyond: parseAsInteger,
};

/** What the address of the audit asks for. */
export type AuditListQuery = inferParserType<typeof params>;
export const loadAuditQuery = createLoader(params);
export const auditHref = createSerializer(params);
