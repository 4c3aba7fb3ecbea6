"use client";

import { RadioGroup } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface RadioCardOption<Value extends string = string> {
  value: Value;
  title: ReactNode;
  /** What follows from this choice, in a sentence. */
  description?: ReactNode;
  /** Something short at the right: a badge, a duration. */
  aside?: ReactNode;
  disabled?: boolean;
}

export interface RadioCardsProps<Value extends string = string>
  extends Omit<ComponentProps<typeof RadioGroup.Root>, "onValueChange" | "value" | "defaultValue"> {
  options: readonly RadioCardOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  columns?: 1 | 2 | 3;
}

/** A choice of one where every option needs a sentence. Label it with `aria-label` or a `Field`. */
export function RadioCards<Value extends string = string>({
  options,
  value,
  defaultValue,
  onValueChange,
  columns = 1,
  className,
  ...rest
}: RadioCardsProps<Value>) {
  return (
    <RadioGroup.Root
      {...rest}
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      {...(onValueChange && { onValueChange: (next: string) => onValueChange(next as Value) })}
      className={cn(
        "grid gap-2",
        columns === 2 && "sm:grid-cols-2",
        columns === 3 && "sm:grid-cols-3",
        className,
      )}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          {...(option.disabled && { disabled: true })}
          className={cn(
            "group flex items-start gap-2.5 rounded-lg border border-line-strong bg-raised",
            "px-3 py-2.5 text-left transition-colors enabled:hover:border-control",
            "data-[state=checked]:border-accent data-[state=checked]:bg-accent-tint",
            "disabled:cursor-not-allowed disabled:opacity-50",
          )}
        >
          <span
            className={cn(
              "mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-control",
              "bg-raised group-data-[state=checked]:border-accent",
            )}
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-fg text-sm">{option.title}</span>
            {option.description && (
              <span className="block text-muted text-xs">{option.description}</span>
            )}
          </span>
          {option.aside && <span className="shrink-0 text-muted text-xs">{option.aside}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
