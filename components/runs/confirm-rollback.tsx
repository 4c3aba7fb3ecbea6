"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { PlanId, RunId } from "#lib/domain/ids.ts";

export interface ConfirmRollbackProps {
  runId: RunId;
  planId: PlanId;
  hash: string;
  deploymentName: string;
  consequences: readonly string[];
  recovery: string;
  /** "Restore 4 databases and start 4 containers" */
  verb: string;
}

/** The last question before the way back is taken. */
export function ConfirmRollback(props: ConfirmRollbackProps) {
  const t = useTranslations("runs");
  const { runId, planId, hash, deploymentName, consequences, recovery, verb } = props;
  const router = useRouter();
  return (
    <ConfirmDialog
      title={t("rollBackQuestion", { deploymentName })}
      consequences={consequences}
      recovery={recovery}
      name={deploymentName}
      action={verb}
      trigger={<Button variant="danger">{verb}…</Button>}
      onConfirm={async () => {
        const command = { runId, kind: "rollback", planId, planHash: hash };
        const answer = await call("runs.control", command).catch(() => null);
        if (!answer) return t("noAnswer");
        if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
        router.push(`/runs/${runId}`);
      }}
    />
  );
}
