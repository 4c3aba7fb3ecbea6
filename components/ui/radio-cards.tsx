"use client";

import { type ReactNode, useId } from "react";
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

export interface RadioCardsProps<Value extends string = string> {
  options: readonly RadioCardOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  columns?: 1 | 2 | 3;
  name?: string;
  id?: string;
  className?: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** A choice of one where every option needs a sentence. Label it with `aria-label` or a `Field`. */
export function RadioCards<Value extends string = string>({
  options,
  value,
  defaultValue,
  onValueChange,
  columns = 1,
  name,
  className,
  ...rest
}: RadioCardsProps<Value>) {
  const group = useId();
  return (
    <div
      role="radiogroup"
      {...rest}
      className={cn(
        "grid gap-2",
        columns === 2 && "sm:grid-cols-2",
        columns === 3 && "sm:grid-cols-3",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "flex items-start gap-2.5 rounded-lg border border-line-strong bg-raised px-3 py-2.5",
            "text-left transition-colors hover:border-control",
            "has-checked:border-accent has-checked:bg-accent-tint",
            "has-disabled:cursor-not-allowed has-disabled:opacity-50",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
          )}
        >
          <input
            type="radio"
            name={name ?? group}
            value={option.value}
            disabled={option.disabled}
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value })}
            onChange={() => onValueChange?.(option.value)}
          />
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-fg text-sm">{option.title}</span>
            {option.description && (
              <span className="block text-muted text-xs">{option.description}</span>
            )}
          </span>
          {option.aside && <span className="shrink-0 text-muted text-xs">{option.aside}</span>}
        </label>
      ))}
    </div>
  );
}
