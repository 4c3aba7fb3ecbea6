import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";

/** A bordered surface for one thing. Panels do not contain panels. */
export function Panel({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("rounded-lg border bg-raised p-4", className)} {...rest} />;
}
