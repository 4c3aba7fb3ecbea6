import { Clock } from "#components/ui/clock.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { AuditView } from "#lib/services/audit.ts";

/** Entries of the audit, newest first; what exactly was changed opens on demand. */
export function AuditTable({ entries }: { entries: readonly AuditView[] }) {
  return (
    <Table label="Audit">
      <THead>
        <Th align="right">No.</Th>
        <Th>When</Th>
        <Th>Who</Th>
        <Th>What</Th>
        <Th>To</Th>
        <Th>Detail</Th>
      </THead>
      <TBody>
        {entries.map((entry) => (
          <Tr key={entry.seq}>
            <Td align="right" className="text-muted max-sm:justify-start">
              {entry.seq}
            </Td>
            <Td label="When">
              <Clock at={entry.at} show="both" className="font-mono text-xs" />
            </Td>
            <Td label="Who" className="[overflow-wrap:anywhere]">
              <span>
                {entry.actor.name}
                {entry.actor.via !== "session" && (
                  <span className="text-muted"> by {entry.actor.via}</span>
                )}
              </span>
            </Td>
            <Td label="What" mono>
              {entry.action}
            </Td>
            <Td label="To" mono>
              <Target {...entry.target} />
            </Td>
            <Td label="Detail" className="max-w-md">
              <Detail entry={entry} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

const places: Partial<Record<string, string>> = { deployment: "/deployments/", run: "/runs/" };

function Target({ type, id }: AuditView["target"]) {
  const place = places[type];
  if (place) return <TextLink href={place + id}>{id}</TextLink>;
  return (
    <TextLink href={`/audit?${new URLSearchParams({ type, id })}`} className="max-w-60 truncate">
      {id}
    </TextLink>
  );
}

function Detail({ entry }: { entry: AuditView }) {
  const fields = Object.keys(entry.detail);
  return (
    <details className="min-w-0">
      <summary className="rounded-sm text-muted text-xs hover:text-fg">
        {fields.length === 0 ? "hash" : fields.slice(0, 4).join(", ")}
      </summary>
      <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-2xs [overflow-wrap:anywhere]">
        {`${JSON.stringify(entry.detail, null, 2)}\nhash ${entry.hash}`}
      </pre>
    </details>
  );
}
