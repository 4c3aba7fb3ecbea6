import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "#components/ui/button-style.ts";
import { cn } from "#components/ui/class-names.ts";

export interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  // `enabled:` never matches a link, so its hover colours are given here.
  const hover = {
    primary: "hover:bg-accent-hover",
    secondary: "hover:border-control hover:bg-hover",
    ghost: "hover:bg-hover hover:text-fg",
    danger: "hover:bg-danger-hover",
  }[variant ?? "secondary"];
  return <Link className={cn(buttonStyle({ variant, size }), hover, className)} {...rest} />;
}
