"use client";

import { Check } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { toneBox } from "#components/ui/states.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { whyNot } from "#lib/domain/run-commands.ts";
import { changedSoFar } from "#lib/domain/run-view/changed-so-far.ts";
import { type GateWords, gateWords } from "#lib/domain/run-view/gate-words.ts";
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
  const waiting = plan.steps.filter(
    (step): step is StepOfKind<"gate"> =>
      step.kind === "gate" && run.steps[step.id]?.status === "waiting",
  );
  return waiting.map((step) => {
    const words = gateWords[step.params.before];
    const since = run.steps[step.id]?.startedAt;
    return (
      <section
        key={step.id}
        aria-label="Waiting for an approval"
        className={cn("grid gap-3 rounded-lg border px-4 py-3", toneBox.wait)}
      >
        <div className="text-fg">
          <h2 className="font-semibold text-base">The run waits for an approval {words.where}.</h2>
          <p className="text-sm">{words.meanwhile}</p>
          <p className="text-muted text-sm">
            So far: {changedSoFar(plan, run).join("; ")}.
            {since && (
              <>
                {" "}
                Waiting for <TickingDuration since={since} aheadMs={aheadMs} />.
              </>
            )}
          </p>
        </div>
        {mayApprove ? (
          <Approval {...{ run, step, words, command }} />
        ) : (
          <p className="text-muted text-sm">
            An approver, an operator or an administrator lets it go on.
          </p>
        )}
      </section>
    );
  });
}

interface ApprovalProps {
  run: RunState;
  step: StepOfKind<"gate">;
  words: GateWords;
  command: CommandSender;
}

function Approval({ run, step, words, command }: ApprovalProps) {
  if (whyNot(run, "approve", step.id) !== null) return null;
  const action = `Approve: go on with ${words.next}`;
  return (
    <div className="flex flex-wrap gap-2">
      <ReasonDialog
        title={`Go on with ${words.next}?`}
        consequences={[
          words.begins,
          ...(run.pause && run.pause.reason !== "gate"
            ? ["The run stands for another reason, too, and goes on once that is decided."]
            : []),
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
