import Form from "next/form";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslations } from "#i18n";

export interface FilterFormProps {
  /** "Filter runs" */
  label: string;
  /** The address of the list as it is narrowed now, from its first page. */
  here: string;
  /** The address of the whole list: what it holds, such as the order, stays when the filter changes. */
  all: string;
  className?: string;
  /** The fields, named as in the address. */
  children: ReactNode;
}

/** Narrows a list; the filter is in the address, to be sent to a colleague. */
export function FilterForm({ label, here, all, className, children }: FilterFormProps) {
  const t = useTranslations("ui");
  const [path = "", hash] = all.split("#");
  const [action = "", kept] = path.split("?");
  return (
    <Form
      // Fields are uncontrolled: a new address gives them their new values.
      key={here}
      action={hash === undefined ? action : `${action}#${hash}`}
      role="search"
      aria-label={label}
      className={cn("grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap", className)}
    >
      {children}
      {[...new URLSearchParams(kept)].map(([name, value]) => (
        <input key={name} type="hidden" {...{ name, value }} />
      ))}
      <Button type="submit">{t("filter")}</Button>
      {here !== all && (
        <LinkButton href={all} variant="ghost">
          {t("clear")}
        </LinkButton>
      )}
    </Form>
  );
}

export interface ChoiceProps {
  name: string;
  label: string;
  /** What stands for "no filter", where that is a choice: "All deployments". */
  all?: string;
  value: string;
  options: readonly { value: string; label: string }[];
}

/** A filter's choice. */
export function Choice({ name, label, all, value, options }: ChoiceProps) {
  return (
    <Select
      name={name}
      aria-label={label}
      defaultValue={value}
      className="w-auto max-w-60 max-sm:w-full max-sm:max-w-none"
      options={[...(all ? [{ value: "", label: all }] : []), ...options]}
    />
  );
}
