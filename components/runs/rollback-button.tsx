"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { planRollback, rollbackChoices } from "#lib/actions/runs.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import type { RollbackChoice } from "#lib/domain/rollback-choice.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
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
  const router = useRouter();
  const [planning, startPlanning] = useTransition();
  const [waiting, setWaiting] = useState(false);
  const [choices, setChoices] = useState<RollbackChoice[] | null>(null);
  const ready = whyNot(run, "rollback") === null;
  const canPause = run.leg === "forward" && run.status === "running";

  function plan(hop: number) {
    startPlanning(async () => {
      const answer = await planRollback(run.runId, hop).catch(() => null);
      if (answer?.ok) return router.push(`/runs/${run.runId}/rollback/${answer.value}`);
      refused(answer);
    });
  }

  /** After an upgrade in several hops a person chooses; otherwise there is one way back. */
  function choose() {
    startPlanning(async () => {
      const answer = await rollbackChoices(run.runId).catch(() => null);
      if (!answer?.ok) return refused(answer);
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
      Roll back…
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
      title="Pause the run and plan its rollback?"
      consequences={[
        "Steps that are under way end first; no further step begins.",
        "The rollback is planned from what has happened by then.",
        "Nothing is undone before you have read that plan and confirmed it.",
      ]}
      action="Pause and plan the rollback"
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

function refused(answer: Extract<ActionResult<unknown>, { ok: false }> | null): void {
  toast.error("The rollback was not planned", {
    description: answer
      ? `${answer.error.message} ${answer.error.remedy}`
      : "The dashboard did not answer. Check that it runs, then try again.",
  });
}
