"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "onChange"> {
  label: ReactNode;
  hint?: ReactNode;
  onCheckedChange?: (checked: boolean) => void;
}

/** A tick box with its label. */
export function Checkbox({ label, hint, className, onCheckedChange, ...rest }: CheckboxProps) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <div className={cn("flex items-start gap-2", className)}>
      <input
        {...rest}
        type="checkbox"
        id={id}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        className="mt-0.5 size-4 shrink-0 accent-(--accent) disabled:cursor-not-allowed disabled:opacity-50"
        onChange={(event) => onCheckedChange?.(event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
