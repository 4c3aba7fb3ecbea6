"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import { fetchAhead } from "#components/ui/fetch-ahead.ts";
import { selectStyle } from "#components/ui/select-style.ts";
import { useTranslations } from "#i18n";

/** Fetched when somebody comes near a choice. */
const list = () => import("./select-list.tsx");
const OpenedSelect = lazy(() =>
  list().then((loaded) => ({ default: loaded.OpenedSelect })),
) as unknown as typeof import("./select-list.tsx").OpenedSelect;

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string = string> {
  options: readonly SelectOption<Value>[];
  name?: string;
  value?: Value;
  defaultValue?: Value;
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

/** A choice of one from a short list; with `name` it takes part in a form. */
export function Select<Value extends string = string>(props: SelectProps<Value>) {
  const [own, setOwn] = useState(props.defaultValue);
  const [wanted, setWanted] = useState(false);
  const value = props.value ?? own;
  if (!wanted) return <ClosedSelect {...props} value={value} onOpen={() => setWanted(true)} />;
  const { defaultValue: _, ...rest } = props;
  return (
    <Suspense fallback={<ClosedSelect {...props} value={value} onOpen={() => undefined} />}>
      <OpenedSelect
        {...rest}
        {...(value !== undefined && { value })}
        onValueChange={(next: Value) => {
          setOwn(() => next);
          props.onValueChange?.(next);
        }}
      />
    </Suspense>
  );
}

type ClosedSelectProps<Value extends string> = Omit<SelectProps<Value>, "value"> & {
  value: Value | undefined;
  onOpen: () => void;
};

function ClosedSelect<Value extends string>(props: ClosedSelectProps<Value>) {
  const t = useTranslations("ui");
  const { options, value, size = "md", name, placeholder, disabled, className, onOpen } = props;
  const chosen = options.find((option) => option.value === value);
  const come = () => fetchAhead(list);
  return (
    <>
      {name !== undefined && <input type="hidden" name={name} value={value ?? ""} />}
      <button
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-controls={undefined}
        {...(props.id !== undefined && { id: props.id })}
        aria-label={props["aria-label"]}
        aria-labelledby={props["aria-labelledby"]}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        aria-required={props.required}
        disabled={disabled}
        {...(!chosen && { "data-placeholder": "" })}
        className={cn(selectStyle[size], className)}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          onOpen();
        }}
        onPointerEnter={come}
        onFocus={come}
      >
        <span className="truncate">{chosen?.label ?? placeholder ?? t("choose")}</span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
      </button>
    </>
  );
}
