import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";

export interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

/** A text box of several lines that grows with its text. */
export function Textarea({ mono = false, className, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        controlStyle,
        "field-sizing-content max-h-80 min-h-16 py-1.5 read-only:bg-sunken",
        mono && "font-mono text-xs sm:text-xs",
        className,
      )}
      {...(mono && { spellCheck: false, autoCapitalize: "none" })}
      {...rest}
    />
  );
}
