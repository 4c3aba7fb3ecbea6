"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import { cn } from "#components/ui/class-names.ts";
import type { SelectProps } from "#components/ui/select.tsx";
import { selectStyle } from "#components/ui/select-style.ts";
import { useTranslations } from "#i18n";

/** A choice that was asked for: its list opens at once, and stays ready. */
export function OpenedSelect<Value extends string = string>({
  options,
  onValueChange,
  placeholder,
  size = "md",
  className,
  name,
  value,
  defaultValue,
  disabled,
  required,
  ...trigger
}: SelectProps<Value>) {
  const t = useTranslations("ui");
  const root = {
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(disabled !== undefined && { disabled }),
    ...(required !== undefined && { required }),
    // Radix speaks of strings; only the values of `options` can come back.
    ...(onValueChange && { onValueChange: (next: string) => onValueChange(next as Value) }),
  };
  return (
    <Primitive.Root {...root} defaultOpen>
      <Primitive.Trigger {...trigger} className={cn(selectStyle[size], className)}>
        <span className="truncate">
          <Primitive.Value placeholder={placeholder ?? t("choose")} />
        </span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
      </Primitive.Trigger>
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
    </Primitive.Root>
  );
}
