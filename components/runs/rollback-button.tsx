"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call, callForId } from "#lib/actions/call.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import type { RollbackChoice } from "#lib/domain/rollback.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { RollbackChoiceDialog } from "./rollback-choice-dialog.tsx";
import type { CommandSender } from "./use-command.ts";

export interface RollbackButtonProps {
  run: RunState;
  command: CommandSender;
  variant?: ButtonVariant;
}

/**
 * The way back, from wherever the run is: plans it and shows the plan. A run that is under way is
 * paused first, once the person has agreed.
 */
export function RollbackButton({ run, command, variant = "secondary" }: RollbackButtonProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  const router = useRouter();
  const [planning, startPlanning] = useTransition();
  const [waiting, setWaiting] = useState(false);
  const [choices, setChoices] = useState<RollbackChoice[] | null>(null);
  const ready = whyNot(run, "rollback") === null;
  const canPause = run.purpose === "upgrade" && run.leg === "forward" && run.status === "running";

  function plan(hop: number) {
    startPlanning(async () => {
      const answer = await callForId("runs.plan-rollback", { runId: run.runId, hop }).catch(
        () => null,
      );
      if (answer?.ok) return router.push(`/runs/${run.runId}/rollback/${answer.value}`);
      refused(answer, t, said);
    });
  }

  /** After an upgrade in several hops a person chooses; otherwise there is one way back. */
  function choose() {
    startPlanning(async () => {
      const answer = await call("runs.rollback-choices", { runId: run.runId }).catch(() => null);
      if (!answer?.ok) return refused(answer, t, said);
      if (answer.value.length > 1) return setChoices(answer.value);
      plan(1);
    });
  }

  const onPaused = useEffectEvent(() => {
    setWaiting(false);
    if (ready) choose();
  });
  const under = run.status === "running";
  useEffect(() => {
    if (waiting && !under) onPaused();
  }, [waiting, under]);

  const button = (
    <Button variant={variant} loading={planning || waiting} {...(ready && { onClick: choose })}>
      <Undo2 aria-hidden="true" />
      {t("rollBackAsk")}
    </Button>
  );
  if (ready) {
    return (
      <>
        {button}
        <RollbackChoiceDialog
          choices={choices}
          planning={planning}
          onChoose={plan}
          onClose={() => setChoices(null)}
        />
      </>
    );
  }
  if (!canPause) return null;
  return (
    <ConfirmDialog
      title={t("pauseAndPlanQuestion")}
      consequences={[t("stepsEndFirst"), t("rollbackPlannedFrom"), t("nothingUndoneYet")]}
      action={t("pauseAndPlanTheRollback")}
      tone="primary"
      trigger={button}
      onConfirm={async () => {
        const problem = run.pauseRequested ? undefined : await command.ask({ kind: "pause" });
        if (problem === undefined) setWaiting(true);
        return problem;
      }}
    />
  );
}

function refused(
  answer: Extract<ActionResult<unknown>, { ok: false }> | null,
  t: Translator<"runs">,
  said: ReturnType<typeof useSaid>,
): void {
  toast.error(t("rollbackNotPlanned"), {
    description: answer
      ? `${said(answer.error.message)} ${said(answer.error.remedy)}`
      : t("noAnswer"),
  });
}
