"use client";

import { ReasonDialog } from "#components/runs/reason-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { Check } from "#lib/domain/facts.ts";
import type { Confirmation } from "#lib/domain/metadb-use.ts";

export interface ConfirmChecksProps {
  checks: readonly Check[];
  confirmed: readonly Confirmation[];
  /** Checks again and makes a new plan with these. */
  onChange: (confirmed: Confirmation[]) => void;
}

/** Puts in writing what a check cannot tell or would refuse, each for itself; or takes all of it back. */
export function ConfirmChecks({ checks, confirmed, onChange }: ConfirmChecksProps) {
  const said = useSaid();
  const t = useTranslations("wizard");
  const open = checks.filter(({ confirm }) => confirm && confirm.length > 0);
  if (open.length === 0 && confirmed.length === 0) return null;
  return (
    <section aria-label={t("toConfirm")} className="grid gap-2 text-sm">
      {open.map(({ id, title, scope, evidence, confirm = [] }) => (
        <div key={id} className="flex flex-wrap items-center gap-2">
          <ReasonDialog
            title={t("confirmQuestion", { title: said(title), scope: said(scope) })}
            consequences={[said(evidence), t("confirmMeans"), t("overruleThen")]}
            action={t("confirm")}
            trigger={<Button size="sm">{t("confirmAsk")}</Button>}
            onConfirm={async (reason) => {
              onChange([...confirmed, ...confirm.map((key) => ({ key, reason }))]);
              return undefined;
            }}
          />
          <span className="[overflow-wrap:anywhere]">
            {t("confirmWhat", { title: said(title), scope: said(scope) })}
          </span>
        </div>
      ))}
      {confirmed.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={() => onChange([])}>
            {t("takeBackConfirmed")}
          </Button>
          <span className="text-muted">{t("isConfirmed", { count: confirmed.length })}</span>
        </div>
      )}
    </section>
  );
}
