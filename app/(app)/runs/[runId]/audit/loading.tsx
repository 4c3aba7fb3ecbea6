import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <Page>
      <PageHeader title="Audit of a run" />
      <Skeleton className="h-16 w-full rounded-lg" />
      <TableSkeleton label="Loading the audit of the run" columns={4} rows={14} />
    </Page>
  );
}
