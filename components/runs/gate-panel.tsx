"use client";

import { Check } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { toneBox } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { changedSoFar } from "#lib/domain/run-view/changed-so-far.ts";
import type { StepOfKind } from "#lib/domain/step.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { CommandSender } from "./use-command.ts";

export interface GatePanelProps {
  run: RunState;
  plan: Plan;
  command: CommandSender;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
  /** Whether this person may approve. */
  mayApprove: boolean;
}

/** The gates at which the run waits: what is true meanwhile, since when, and what an approval begins. */
export function GatePanel({ run, plan, command, aheadMs, mayApprove }: GatePanelProps) {
  const words = useTranslations("words");
  const said = useSaid();
  const t = useTranslations("runs");
  const waiting = plan.steps.filter(
    (step): step is StepOfKind<"gate"> =>
      step.kind === "gate" && run.steps[step.id]?.status === "waiting",
  );
  return waiting.map((step) => {
    const gate = step.params.before;
    const since = run.steps[step.id]?.startedAt;
    return (
      <section
        key={step.id}
        aria-label={t("waitingForAnApproval")}
        className={cn("grid gap-3 rounded-lg border px-4 py-3", toneBox.wait)}
      >
        <div className="text-fg">
          <h2 className="font-semibold text-base">
            {t("waitsForApproval", { where: words(`gates.${gate}.where`) })}
          </h2>
          <p className="text-sm">{words(`gates.${gate}.meanwhile`)}</p>
          <p className="text-muted text-sm">
            {t("soFar", { facts: changedSoFar(plan, run).map(said).join(t("factsJoin")) })}
            {since && (
              <>
                {" "}
                {t.rich("waitingFor", {
                  tickingduration: () => <TickingDuration since={since} aheadMs={aheadMs} />,
                })}
              </>
            )}
          </p>
        </div>
        {mayApprove ? (
          <Approval {...{ run, step, command }} />
        ) : (
          <p className="text-muted text-sm">{t("whoMayApprove")}</p>
        )}
      </section>
    );
  });
}

interface ApprovalProps {
  run: RunState;
  step: StepOfKind<"gate">;
  command: CommandSender;
}

function Approval({ run, step, command }: ApprovalProps) {
  const words = useTranslations("words");
  const t = useTranslations("runs");
  if (whyNot(run, "approve", step.id) !== null) return null;
  const gate = step.params.before;
  const next = words(`gates.${gate}.next`);
  const action = t("approveGoOnWith", { next });
  return (
    <div className="flex flex-wrap gap-2">
      <ReasonDialog
        title={t("goOnWith", { next })}
        consequences={[
          words(`gates.${gate}.begins`),
          ...(run.pause && run.pause.reason !== "gate" ? [t("standsForAnother")] : []),
        ]}
        action={action}
        tone="primary"
        text="optional"
        trigger={
          <Button variant="primary" loading={command.pending}>
            <Check aria-hidden="true" />
            {action}…
          </Button>
        }
        onConfirm={(reason) =>
          command.ask({ kind: "approve", stepId: step.id, ...(reason && { reason }) })
        }
      />
    </div>
  );
}
