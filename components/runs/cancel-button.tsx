"use client";

import { Button } from "#components/ui/button.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { cancelWords } from "#lib/domain/run-view/cancel-words.ts";
import { type HostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { WorkStep } from "#lib/domain/step.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { CommandSender } from "./use-command.ts";

export interface CancelButtonProps {
  run: RunState;
  step: WorkStep;
  names: HostNames;
  command: CommandSender;
}

/** Ends a step that runs, after saying what that leaves behind; nothing while it is not to be ended. */
export function CancelButton({ run, step, names, command }: CancelButtonProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  if (whyNot(run, "cancel", step.id) !== null) return null;
  const title = said(stepTitle(step, names));
  const { ends, leaves, mend, dangerous } = cancelWords(step.kind);
  return (
    <ReasonDialog
      title={t("cancelQuestion", { title })}
      consequences={[said(ends), said(leaves), said(mend), t("nothingNewBegins")]}
      action={t("cancelTheStep")}
      dismiss={t("letItRun")}
      tone={dangerous ? "danger" : "primary"}
      trigger={
        <Button size="sm" variant="ghost" aria-label={t("cancelAskOf", { title })}>
          {t("cancelAsk")}
        </Button>
      }
      onConfirm={(reason) => command.ask({ kind: "cancel", stepId: step.id, reason })}
    />
  );
}
