import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <Page>
      <PageHeader title="Runs" />
      <TableSkeleton label="Loading the runs" columns={7} rows={12} />
    </Page>
  );
}
