import { cn } from "#components/ui/class-names.ts";

/** A grey stand-in the size of what is coming. It does not shimmer. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("h-4 rounded-sm bg-active", className)} />;
}

export interface TableSkeletonProps {
  /** What is loading: "Loading runs". */
  label: string;
  columns: number;
  rows?: number;
}

/** The shape of a table that is loading. */
export function TableSkeleton({ label, columns, rows = 6 }: TableSkeletonProps) {
  const widths = ["w-2/3", "w-1/2", "w-3/5", "w-2/5"];
  return (
    <div role="status" aria-label={label} className="rounded-lg border bg-raised">
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: identical rows that never move.
          key={row}
          className={cn("flex h-10 items-center gap-6 px-3", row > 0 && "border-t")}
        >
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <div key={column} className={cn("flex-1", column > 1 && "max-sm:hidden")}>
              <Skeleton
                className={cn(
                  row === 0 ? "h-2.5 w-1/4" : ["h-3", widths[(row + column) % widths.length]],
                )}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
