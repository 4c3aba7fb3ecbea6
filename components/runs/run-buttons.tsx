"use client";

import { Pause, Play } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useTranslations } from "#i18n";
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
  const t = useTranslations("runs");
  const may = (kind: Parameters<typeof whyNot>[1]) => whyNot(run, kind) === null;
  return (
    <>
      {may("pause") && (
        <Button loading={command.pending} onClick={() => command.send({ kind: "pause" })}>
          <Pause aria-hidden="true" />
          {t("pause")}
        </Button>
      )}
      {run.pauseRequested && run.status !== "paused" && (
        <p role="status" className="self-center text-muted text-sm">
          {t("pausing")}
        </p>
      )}
      {may("resume") && (
        <Button
          variant="primary"
          loading={command.pending}
          onClick={() => command.send({ kind: "resume" })}
        >
          <Play aria-hidden="true" />
          {t("resume")}
        </Button>
      )}
      <RollbackButton run={run} command={command} />
      {may("abandon") && (
        <ReasonDialog
          title={t("abandonThisRun")}
          consequences={[
            t("runEndsHere"),
            t("allStays"),
            ...(run.purpose === "upgrade" && run.leg === "forward" ? [t("canStillRollBack")] : []),
          ]}
          action={t("abandonTheRun")}
          trigger={<Button variant="ghost">{t("abandon")}</Button>}
          onConfirm={(reason) => command.ask({ kind: "abandon", reason })}
        />
      )}
    </>
  );
}
