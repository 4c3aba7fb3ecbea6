import Form from "next/form";
import { Choice } from "#components/history/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { KeptParams } from "#components/ui/kept-params.tsx";
import { useTranslations } from "#i18n";
import { type AuditListQuery, auditAddress, keptOfAudit } from "./audit-query.ts";

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
  const { targetType, targetId } = query;
  return (
    <Form key={auditAddress(query)} action="/audit" className="flex flex-wrap items-center gap-2">
      <Choice
        name="type"
        label={t("kindOfTarget")}
        all={t("allKinds")}
        value={targetType}
        options={types.map((value) => ({ value, label: value }))}
      />
      <Input
        name="id"
        mono
        aria-label={t("idOfTheTarget")}
        placeholder="dep_…, run_…, usr_…"
        defaultValue={targetId}
        className="w-56"
      />
      <KeptParams params={keptOfAudit(query)} />
      <Button type="submit">{t("filter")}</Button>
    </Form>
  );
}
