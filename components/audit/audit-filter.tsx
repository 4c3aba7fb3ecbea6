import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";
import { type AuditListQuery, auditHref } from "./audit-query.ts";

const types = [
  "deployment",
  "credential",
  "plan",
  "preflight",
  "run",
  "user",
  "token",
  "session",
  "settings",
] as const;

/** Narrows the audit to one kind of thing, or to one thing. */
export function AuditFilter({ query }: { query: AuditListQuery }) {
  const t = useTranslations("audit");
  return (
    <FilterForm
      label={t("filterEntries")}
      here={auditHref("/audit", { ...query, beyond: null })}
      all={auditHref("/audit", { sort: query.sort })}
    >
      <Choice
        name="type"
        label={t("kindOfTarget")}
        all={t("allKinds")}
        value={query.type}
        options={types.map((value) => ({ value, label: value }))}
      />
      <Input
        name="id"
        mono
        aria-label={t("idOfTheTarget")}
        placeholder="dep_…, run_…, usr_…"
        defaultValue={query.id}
        className="w-56 max-sm:w-full"
      />
    </FilterForm>
  );
}
