import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <Page>
      <PageHeader title="Backups" />
      <TableSkeleton label="Loading the backups" columns={6} rows={10} />
    </Page>
  );
}
