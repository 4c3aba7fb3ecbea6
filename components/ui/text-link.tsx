import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";

/** A link in running text, or in a table's cell, where the column tells it from text without a line. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    // A list has dozens of them: what nobody follows is not fetched.
    <Link
      prefetch={false}
      className={cn(
        "rounded-sm text-accent-text underline decoration-accent-line underline-offset-3",
        "hover:decoration-current [td_&]:decoration-transparent [td_&:hover]:decoration-current",
        className,
      )}
      {...rest}
    />
  );
}
