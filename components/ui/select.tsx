"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";
import { useTranslations } from "#i18n";

export interface SelectOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[];
  /** In a form. */
  name?: string;
  defaultValue?: Value;
  value?: Value;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  disabled?: boolean;
  required?: boolean;
  /** `sm` is for filters above a table or a log. */
  size?: "sm" | "md";
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

const button = cn(
  controlStyle,
  "inline-flex items-center justify-between gap-2 text-left data-placeholder:text-faint",
);

/** The box that shows what is chosen. */
const styles = {
  sm: cn(button, "h-7 w-auto px-2 text-xs sm:text-xs"),
  md: cn(button, "h-9 sm:h-8"),
};

/** A choice of one from a short list. */
export function Select<Value extends string>({
  options,
  name,
  defaultValue,
  value: given,
  onValueChange,
  placeholder,
  disabled = false,
  required = false,
  size = "md",
  className,
  ...trigger
}: SelectProps<Value>) {
  const t = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState(defaultValue);
  const value = given ?? own ?? "";
  const chosen = options.find((option) => option.value === value);
  return (
    <Primitive.Root
      {...{ open, value, disabled, required }}
      onOpenChange={setOpen}
      onValueChange={(text) => {
        // Radix speaks of strings; only the values of `options` can come back.
        const next = text as Value;
        setOwn(() => next);
        onValueChange?.(next);
      }}
    >
      {name !== undefined && <input type="hidden" {...{ name, value }} />}
      <Primitive.Trigger {...trigger} className={cn(styles[size], className)}>
        <span className="truncate">
          {/* Told what is chosen: the items, which would tell it, are there while the list is open. */}
          <Primitive.Value placeholder={placeholder ?? t("choose")}>
            {chosen?.label}
          </Primitive.Value>
        </span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
      </Primitive.Trigger>
      {open && (
        <Primitive.Portal>
          <Primitive.Content
            position="popper"
            sideOffset={4}
            collisionPadding={8}
            className={cn(
              "z-50 max-h-(--radix-select-content-available-height) animate-appear overflow-hidden",
              "min-w-(--radix-select-trigger-width) max-w-96 rounded-lg border border-line-strong",
              "bg-raised shadow-lift",
            )}
          >
            <Primitive.Viewport className="p-1">
              {options.map((option) => (
                <Primitive.Item
                  key={option.value}
                  value={option.value}
                  {...(option.disabled && { disabled: true })}
                  className={cn(
                    "flex select-none items-start gap-2 rounded-md py-1.5 pr-3 pl-2 text-sm",
                    "outline-none data-highlighted:bg-hover",
                    "data-disabled:cursor-not-allowed data-disabled:text-faint",
                  )}
                >
                  <span className="grid h-5 w-4 shrink-0 place-items-center">
                    <Primitive.ItemIndicator>
                      <Check className="size-3.5 text-accent-text" aria-hidden="true" />
                    </Primitive.ItemIndicator>
                  </span>
                  <span className="min-w-0">
                    <Primitive.ItemText>{option.label}</Primitive.ItemText>
                    {option.hint && <span className="block text-muted text-xs">{option.hint}</span>}
                  </span>
                </Primitive.Item>
              ))}
            </Primitive.Viewport>
          </Primitive.Content>
        </Primitive.Portal>
      )}
    </Primitive.Root>
  );
}
