import { Page } from "#components/ui/page.tsx";
import { Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <Page>
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-16 w-full rounded-lg" />
      <TableSkeleton label="Loading the deployment" columns={6} rows={2} />
      <TableSkeleton label="Loading its runs" columns={5} rows={3} />
    </Page>
  );
}
