"use client";

import { Pause, Play } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { RollbackButton } from "./rollback-button.tsx";
import type { CommandSender } from "./use-command.ts";

export interface RunButtonsProps {
  run: RunState;
  command: CommandSender;
}

/** What may be asked of the run as a whole in its present state. */
export function RunButtons({ run, command }: RunButtonsProps) {
  const may = (kind: Parameters<typeof whyNot>[1]) => whyNot(run, kind) === null;
  return (
    <>
      {may("pause") && (
        <Button loading={command.pending} onClick={() => command.send({ kind: "pause" })}>
          <Pause aria-hidden="true" />
          Pause
        </Button>
      )}
      {run.pauseRequested && run.status !== "paused" && (
        <p role="status" className="self-center text-muted text-sm">
          Pausing: steps under way end first
        </p>
      )}
      {may("resume") && (
        <Button
          variant="primary"
          loading={command.pending}
          onClick={() => command.send({ kind: "resume" })}
        >
          <Play aria-hidden="true" />
          Resume
        </Button>
      )}
      <RollbackButton run={run} command={command} />
      {may("abandon") && (
        <ReasonDialog
          title="Abandon this run?"
          consequences={[
            "The run ends where it stands: nothing more is done and nothing is undone.",
            "Containers, HA and databases stay as they are now.",
            ...(run.leg === "forward" ? ["It can still be rolled back afterwards."] : []),
          ]}
          action="Abandon the run"
          trigger={<Button variant="ghost">Abandon…</Button>}
          onConfirm={(reason) => command.ask({ kind: "abandon", reason })}
        />
      )}
    </>
  );
}
