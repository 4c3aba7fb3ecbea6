import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { AuditView } from "#lib/operations/audit.ts";
import { type AuditListQuery, auditHref, auditSorts } from "./audit-query.ts";

export interface AuditTableProps {
  entries: readonly AuditView[];
  query: AuditListQuery;
}

/** Entries of the audit in the order of their numbers; what exactly was changed opens on demand. */
export function AuditTable({ entries, query }: AuditTableProps) {
  const t = useTranslations("audit");
  // Entries are numbered as time goes, and stand by their numbers; a column of times turns them as well.
  const { address, ...order } = tableOrder(auditSorts, query.sort, (sort) =>
    auditHref("/audit", { ...query, sort, beyond: null }),
  );
  return (
    <DataTable
      label={t("audit")}
      rows={entries}
      rowKey={({ seq }) => seq}
      order={{ ...order, address: () => address("no") }}
      columns={[
        {
          name: t("no"),
          by: "no",
          align: "right",
          className: "text-muted max-sm:justify-start",
          cell: ({ seq }) => seq,
        },
        {
          name: t("when"),
          by: "when",
          cell: ({ at }) => <Clock at={at} show="both" className="font-mono text-xs" />,
        },
        {
          name: t("who"),
          className: "[overflow-wrap:anywhere]",
          cell: ({ actor: { name, via } }) => (
            <span>
              {name}
              {via !== "session" && <span className="text-muted"> {t("via", { via })}</span>}
            </span>
          ),
        },
        { name: t("what"), mono: true, cell: ({ action }) => action },
        { name: t("to"), mono: true, cell: (entry) => <Target {...{ entry, query }} /> },
        {
          name: t("detail"),
          className: "max-w-md",
          cell: (entry) => <Detail entry={entry} />,
        },
      ]}
    />
  );
}

const places: Partial<Record<string, string>> = { deployment: "/deployments/", run: "/runs/" };

function Target({ entry, query }: { entry: AuditView; query: AuditListQuery }) {
  const { type, id } = entry.target;
  const place = places[type];
  if (place) return <TextLink href={place + id}>{id}</TextLink>;
  const others = auditHref("/audit", { ...query, type, id, beyond: null });
  return (
    <TextLink href={others} className="max-w-60 truncate">
      {id}
    </TextLink>
  );
}

function Detail({ entry }: { entry: AuditView }) {
  const t = useTranslations("audit");
  const fields = Object.keys(entry.detail);
  return (
    <details className="min-w-0">
      <summary className="rounded-sm text-muted text-xs hover:text-fg">
        {fields.length === 0 ? t("hash") : fields.slice(0, 4).join(", ")}
      </summary>
      <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-2xs [overflow-wrap:anywhere]">
        {`${JSON.stringify(entry.detail, null, 2)}\nhash ${entry.hash}`}
      </pre>
    </details>
  );
}
