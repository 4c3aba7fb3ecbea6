"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { stepPages } from "#components/help/step-pages.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Said } from "#components/ui/said.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import { groupBy } from "#lib/domain/group-by.ts";
import { gateWords } from "#lib/domain/run-view/gate-words.ts";
import { type HostNames, nodeOf, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { PlannedCommand, Step, StepKind } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";

export interface PlanStepProps {
  step: Step;
  /** Names of the nodes by id. */
  names: HostNames;
  defaultOpen: boolean;
}

/** One step of a plan: a line that opens to its exact commands. */
export function PlanStep({ step, names, defaultOpen }: PlanStepProps) {
  const t = useTranslations("plans");
  const said = useSaid();
  const [open, setOpen] = useState(defaultOpen);
  return (
    <li>
      <details
        open={defaultOpen}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group/step"
      >
        <summary className="flex list-none items-start gap-1.5 rounded-md px-1 py-1 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="mt-0.5 size-4 shrink-0 text-faint transition-transform group-open/step:rotate-90"
            aria-hidden="true"
          />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {said(stepTitle(step, names))}
          </span>
          <span className="shrink-0 pt-px pr-1 text-muted text-xs">
            {placeWords(step, names, t)}
          </span>
        </summary>
        {/* A plan for 200 nodes has thousands of commands: they are drawn when they are asked for. */}
        {open && <StepDetails step={step} names={names} />}
      </details>
    </li>
  );
}

function StepDetails({ step, names }: { step: Step; names: HostNames }) {
  const said = useSaid();
  const format = useFormat();
  const t = useTranslations("plans");
  const blocks = [...groupBy(step.commands, ({ nodeId, kind }) => `${nodeId} ${kind}`)];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-1 pr-1 pb-3 pl-6 [contain-intrinsic-size:auto_16rem] [content-visibility:auto]">
      <KeyValues
        items={[
          { label: t("why"), value: <WhyStep kind={step.kind} /> },
          { label: t("changes"), value: <Said>{step.changes}</Said> },
          { label: t("wayBack"), value: step.undo && <Said>{step.undo}</Said> },
          {
            label: t("startsAfter"),
            value: step.after.length > 0 ? waits(step.after, t) : t("amongTheFirst"),
          },
          ...(step.kind === "gate"
            ? [{ label: t("meanwhile"), value: said(gateWords[step.params.before].meanwhile) }]
            : [{ label: t("deadline"), value: format.duration(step.timeoutMs) }]),
          { label: t("step"), value: step.id, mono: true },
        ]}
      />
      {blocks.map(([key, commands]) => {
        const [first] = commands;
        return (
          first && (
            <CodeBlock
              key={key}
              label={labelOf(first, names, t)}
              aside={<span className="font-mono text-2xs uppercase">{first.kind}</span>}
              code={commands.map((command) => command.text).join("\n")}
              className="max-h-72"
            />
          )
        );
      })}
    </div>
  );
}

/** What the title does not say: the node through which a database is reached, how many commands. */
function placeWords(step: Step, names: HostNames, t: Translator<"plans">): string {
  if (step.kind === "gate") return t("aPerson");
  const [first] = step.commands;
  const through =
    nodeOf(step) === null && first
      ? t("through", { node: names.get(first.nodeId) ?? first.nodeId })
      : "";
  return `${through}${t("commands", { count: step.commands.length })}`;
}

/** The first few names; a step after 200 others need not list them. */
function waits(after: readonly string[], t: Translator<"plans">): string {
  const named = after.slice(0, 4).join(", ");
  return after.length > 4 ? t("andMore", { named, more: after.length - 4 }) : named;
}

function labelOf(
  { kind, nodeId }: PlannedCommand,
  names: HostNames,
  t: Translator<"plans">,
): string {
  const at = names.get(nodeId) ?? nodeId;
  switch (kind) {
    case "shell":
      return t("commandsOn", { at });
    case "sql":
      return t("sqlThrough", { at });
    case "http":
      return t("httpFrom", { at });
  }
}

/** Why a plan has such a step, by which rule, and where the documentation says more. */
function WhyStep({ kind }: { kind: StepKind }) {
  const t = useTranslations("help");
  return (
    <>
      {t(`steps.${kind}`)} <HelpLink to={stepPages[kind]} />
    </>
  );
}
