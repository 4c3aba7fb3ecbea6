import Form from "next/form";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { KeptParams } from "#components/ui/kept-params.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { addressOf } from "#components/ui/search-params.ts";
import { useTranslations } from "#i18n";

export interface FilterFormProps {
  /** The page it stands on. */
  path: string;
  /** "Filter runs" */
  label: string;
  /** What the address says now. */
  query: object;
  /** Whether that narrows anything. */
  filtered: boolean;
  /** What stays in the address whatever it is narrowed to: the order, the columns. */
  kept: Readonly<Record<string, string>>;
  /** The fields. */
  children: ReactNode;
}

/** Narrows a list; the filter is in the address, to be sent to a colleague. */
export function FilterForm({ path, label, query, filtered, kept, children }: FilterFormProps) {
  const t = useTranslations("history");
  return (
    <Form
      // Fields are uncontrolled: a new address gives them their new values.
      key={JSON.stringify(query)}
      action={path}
      role="search"
      aria-label={label}
      className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap"
    >
      {children}
      <KeptParams params={kept} />
      <Button type="submit">{t("filter")}</Button>
      {filtered && (
        <LinkButton href={addressOf(path, kept)} variant="ghost">
          {t("clear")}
        </LinkButton>
      )}
    </Form>
  );
}
