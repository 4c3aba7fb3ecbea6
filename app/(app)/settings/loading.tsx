import { TableSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return <TableSkeleton label="Loading" columns={4} rows={3} />;
}
