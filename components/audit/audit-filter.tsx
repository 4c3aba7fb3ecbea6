import Form from "next/form";
import { Choice } from "#components/history/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";

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
export function AuditFilter({ targetType, targetId }: { targetType: string; targetId: string }) {
  const t = useTranslations("audit");
  return (
    <Form
      key={`${targetType} ${targetId}`}
      action="/audit"
      className="flex flex-wrap items-center gap-2"
    >
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
      <Button type="submit">{t("filter")}</Button>
    </Form>
  );
}
