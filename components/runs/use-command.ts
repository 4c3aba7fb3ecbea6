"use client";

import { useState, useTransition } from "react";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { OperatorCommandKind } from "#lib/domain/events.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";

export interface RunCommand {
  kind: OperatorCommandKind;
  stepId?: StepId;
  reason?: string;
}

export interface CommandSender {
  /** Leaves a command for the engine. @returns what is wrong with it; undefined when it was taken */
  ask: (command: RunCommand) => Promise<string | undefined>;
  /** As `ask`, for a plain button: says what is wrong by itself. */
  send: (command: RunCommand) => void;
  /** Sent, and nothing has happened in the run since. */
  pending: boolean;
}

/** Asks the engine for something; it answers by what happens next in the journal. */
export function useCommand({ runId, seq }: Pick<RunState, "runId" | "seq">): CommandSender {
  const said = useSaid();
  const t = useTranslations("runs");
  const [pending, startTransition] = useTransition();
  const [sentAt, setSentAt] = useState<number>();

  async function ask(command: RunCommand): Promise<string | undefined> {
    const operation = command.kind === "approve" ? "runs.approve" : "runs.control";
    const answer = await call(operation, { runId, ...command }).catch(() => null);
    if (answer?.ok) return setSentAt(seq) as undefined;
    if (!answer) return t("noAnswer");
    return [answer.error.fields?.[0]?.message ?? answer.error.message, answer.error.remedy].join(
      " ",
    );
  }

  function send(command: RunCommand): void {
    startTransition(async () => {
      const problem = await ask(command);
      if (problem) toast.error(t("thatWasNotDone"), { description: said(problem) });
    });
  }

  return { ask, send, pending: pending || sentAt === seq };
}
