"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface CheckboxProps extends Omit<ComponentProps<typeof Primitive.Root>, "children"> {
  label: ReactNode;
  hint?: ReactNode;
  /** Keeps the label for screen readers only, as in a table's first column. */
  labelHidden?: boolean;
}

/** A tick box with its label; `checked="indeterminate"` for "some of them". */
export function Checkbox({ label, hint, labelHidden = false, className, ...rest }: CheckboxProps) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <div className={cn("flex items-start gap-2", className)}>
      <Primitive.Root
        {...rest}
        id={id}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        className={cn(
          "group mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-control",
          "bg-raised transition-colors hover:border-muted",
          "data-[state=checked]:border-accent data-[state=checked]:bg-accent",
          "data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
          "disabled:cursor-not-allowed disabled:opacity-50",
        )}
      >
        <Primitive.Indicator className="text-accent-contrast">
          <Check
            className="size-3 group-data-[state=indeterminate]:hidden"
            strokeWidth={3}
            aria-hidden="true"
          />
          <Minus
            className="hidden size-3 group-data-[state=indeterminate]:block"
            strokeWidth={3}
            aria-hidden="true"
          />
        </Primitive.Indicator>
      </Primitive.Root>
      <div className={labelHidden ? "sr-only" : "min-w-0"}>
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
