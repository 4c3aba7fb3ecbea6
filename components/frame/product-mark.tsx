import { cn } from "#components/ui/class-names.ts";

/** The product's mark: two levels and the step up between them. */
export function ProductMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={cn("size-6", className)}>
      <rect width="24" height="24" rx="5" className="fill-accent" />
      <path
        d="M5 16.5h5.5v-9H19"
        className="stroke-accent-contrast"
        strokeWidth="2.25"
        strokeLinecap="square"
      />
      <path
        d="M14.5 16.5H19"
        className="stroke-accent-contrast"
        strokeWidth="2.25"
        strokeLinecap="square"
        opacity="0.5"
      />
    </svg>
  );
}
