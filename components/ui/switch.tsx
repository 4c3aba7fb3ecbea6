"use client";

import { Switch as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface SwitchProps extends Omit<ComponentProps<typeof Primitive.Root>, "children"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A setting that is on or off and takes effect at once, or with its form. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <div className={cn("flex items-start justify-between gap-4", className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-xs">
            {hint}
          </p>
        )}
      </div>
      <Primitive.Root
        {...rest}
        id={id}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        className={cn(
          "mt-0.5 inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-control",
          "bg-sunken p-0.5 transition-colors",
          "data-[state=checked]:border-accent data-[state=checked]:bg-accent",
          "disabled:cursor-not-allowed disabled:opacity-50",
        )}
      >
        <Primitive.Thumb
          className={cn(
            "size-3.5 rounded-full bg-control transition-transform",
            "data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-contrast",
          )}
        />
      </Primitive.Root>
    </div>
  );
}
