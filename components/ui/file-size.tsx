import { formatMib } from "#components/ui/format.ts";

/** A size in MiB; the bytes on hover. */
export function FileSize({ bytes, className }: { bytes: number; className?: string }) {
  return (
    <data
      value={bytes}
      title={`${bytes.toLocaleString("en-GB")} bytes`}
      className={`whitespace-nowrap ${className ?? ""}`}
    >
      {formatMib(bytes)}
    </data>
  );
}
