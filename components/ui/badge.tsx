import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { type Tone, toneBox } from "#components/ui/states.ts";

export interface BadgeProps {
  tone?: Tone | "neutral";
  /** For versions, tags and hosts. */
  mono?: boolean;
  children: ReactNode;
  className?: string;
}

/** A short label on a thing: a role, a version, "default region". For states use `StateBadge`. */
export function Badge({ tone = "neutral", mono = false, children, className }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center truncate rounded-sm border px-1.5 text-2xs",
        mono ? "font-mono" : "font-medium",
        tone === "neutral" ? "border-line-strong text-muted" : toneBox[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
