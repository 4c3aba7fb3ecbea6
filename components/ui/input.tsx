import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";

export interface InputProps extends ComponentProps<"input"> {
  /** For hosts, paths, names of databases: what is copied to a terminal. */
  mono?: boolean;
}

/** A one-line text box. Put it in a `Field`, which labels it. */
export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input
      className={cn(controlStyle, "h-9 read-only:bg-sunken sm:h-8", mono && "font-mono", className)}
      {...(mono && { spellCheck: false, autoCapitalize: "none", autoCorrect: "off" })}
      {...rest}
    />
  );
}
