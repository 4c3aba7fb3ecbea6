import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <Page>
      <PageHeader title="Audit" />
      <TableSkeleton label="Loading the audit" columns={5} rows={12} />
    </Page>
  );
}
