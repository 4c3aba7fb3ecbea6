import { Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <>
      <Skeleton className="h-16 w-full rounded-lg" />
      <TableSkeleton label="Loading" columns={5} rows={5} />
    </>
  );
}
