"use client";

import { useRouter } from "next/navigation";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";

export interface CheckButtonProps {
  runId: string;
  /** Key of the backup within its run. */
  backup: string;
  database: string;
}

/** Reads a backup's files again, now. */
export function CheckButton({ runId, backup, database }: CheckButtonProps) {
  const said = useSaid();
  const t = useTranslations("backups");
  const router = useRouter();
  const { submit, pending, error } = useOperation("backups.check", ({ result, detail }) => {
    if (result === "whole") toast.success(t("isWhole", { database }));
    else toast.error(t("isNotWhole", { database }), { description: said(detail) });
    router.refresh();
  });
  return (
    <span className="grid justify-items-start gap-1">
      <Button
        size="sm"
        loading={pending}
        aria-label={t("checkAgainOf", { database })}
        onClick={() => submit({ runId, key: backup })}
      >
        {t("checkAgain")}
      </Button>
      {error && <span className="text-fail text-xs">{error.message}</span>}
    </span>
  );
}
