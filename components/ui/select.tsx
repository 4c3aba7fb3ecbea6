import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";
import { useTranslations } from "#i18n";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** Stands behind the label, in the list and once it is chosen. */
  hint?: string;
}

export interface SelectProps<Value extends string>
  extends Omit<ComponentProps<"select">, "value" | "defaultValue" | "size" | "children"> {
  options: readonly SelectOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  /** `sm` is for what stands above a log or in a row. */
  size?: "sm" | "md";
}

const sizes = { sm: "h-7 w-auto px-2 text-xs sm:text-xs", md: "h-9 sm:h-8" };

/** A choice of one from a list. The browser's own control: it knows fingers, keys and forms. */
export function Select<Value extends string>({
  options,
  onValueChange,
  size = "md",
  className,
  ...rest
}: SelectProps<Value>) {
  const t = useTranslations("ui");
  const chosen = rest.value ?? rest.defaultValue;
  const isOpen = !options.some(({ value }) => value === chosen);
  return (
    <select
      {...rest}
      {...(isOpen && (rest.value === undefined ? { defaultValue: "" } : { value: "" }))}
      // Only the values of `options` can come back.
      {...(onValueChange && { onChange: ({ target }) => onValueChange(target.value as Value) })}
      className={cn(controlStyle, sizes[size], "text-ellipsis", className)}
    >
      {isOpen && (
        <option value="" disabled hidden>
          {t("choose")}
        </option>
      )}
      {options.map(({ value, label, hint }) => (
        <option key={value} value={value}>
          {hint ? t("optionWithHint", { label, hint }) : label}
        </option>
      ))}
    </select>
  );
}
