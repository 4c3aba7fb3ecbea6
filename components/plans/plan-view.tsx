"use client";

import { ChevronsDownUp, ChevronsUpDown, Download } from "lucide-react";
import { useState } from "react";
import { HaChanges } from "#components/runs/ha-changes.tsx";
import { Button } from "#components/ui/button.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { cn } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Said } from "#components/ui/said.tsx";
import { useSaid, useTranslations } from "#i18n";
import { textKey } from "#lib/domain/message.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { aboutWords, type ExpectedSpan } from "#lib/domain/run-view/forecast.ts";
import { plannedHa } from "#lib/domain/run-view/ha-changes.ts";
import { hopSections } from "#lib/domain/run-view/hop-sections.ts";
import { type PlanPhase, planPhases } from "#lib/domain/run-view/plan-phases.ts";
import { type HostNames, hostNames } from "#lib/domain/run-view/step-words.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { InitDecisions } from "./init-decisions.tsx";
import { PlanStep } from "./plan-step.tsx";

/** More steps than these and a phase is a line with a count until it is opened. */
const shownAtOnce = 12;

export interface PlanViewProps {
  plan: Plan;
  /** SHA-256 of the plan; a run is started for exactly this text. */
  hash: string;
  /** What it will take by earlier runs; left out when none of them tells. */
  expected?: ExpectedSpan | null;
}

/** A plan as it will run: what it does in sentences, then every step with its exact commands. */
export function PlanView({ plan, hash, expected }: PlanViewProps) {
  const said = useSaid();
  const t = useTranslations("plans");
  const [shown, setShown] = useState<"rows" | "all">("rows");
  const names = hostNames([plan]);
  const phases = planPhases(plan.steps);
  const all = shown === "all";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {plan.warnings.map((warning) => (
        <Notice key={textKey(warning)} tone="warn">
          <Said>{warning}</Said>
        </Notice>
      ))}
      <ul
        aria-label={t("whatThePlanDoes")}
        className="grid max-w-3xl list-disc gap-1 pl-4 text-sm marker:text-faint"
      >
        {plan.summary.map((sentence) => (
          <li key={textKey(sentence)} className="[overflow-wrap:anywhere]">
            <Said>{sentence}</Said>
          </li>
        ))}
      </ul>
      <InitDecisions decisions={plan.initialisation} />
      <HaChanges changes={plannedHa(plan)} title={t("whatThePlanChangesIn")} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-muted text-xs">
          {t("counts", {
            steps: plan.steps.length,
            phases: phases.length,
            nodes: plan.hosts.length,
          })}
          {expected && ` · ${expectedWords(expected, t, said)}`}
        </p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <PlanHash hash={hash} />
          {/* Not a Link: it is a file, not a page. */}
          <a
            href={`/api/v1/plans/${plan.id}/runbook`}
            download={`${plan.id}-runbook.md`}
            className={cn(buttonStyle({ size: "sm" }))}
          >
            <Download aria-hidden="true" />
            {t("runbook")}
          </a>
          <Button size="sm" onClick={() => setShown(all ? "rows" : "all")}>
            {all ? <ChevronsDownUp aria-hidden="true" /> : <ChevronsUpDown aria-hidden="true" />}
            {all ? t("collapseAll") : t("expandAll")}
          </Button>
        </div>
      </div>
      {/* A new key makes every row take the new default; single rows then open and close alone. */}
      {hopSections(plan, phases).map(({ title, rows }) => (
        <section key={title ?? ""} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {title && <h3 className="font-medium text-sm">{said(title)}</h3>}
          <ol
            key={shown}
            aria-label={title ? t("phases", { title: said(title) }) : t("phasesOfThePlan")}
            className="rounded-lg border bg-raised"
          >
            {rows.map((phase) => (
              <li key={phase.phase} className="border-b px-3 py-1.5 last:border-b-0">
                <PhaseSection phase={phase} names={names} all={all} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface PhaseSectionProps {
  phase: PlanPhase;
  names: HostNames;
  all: boolean;
}

function PhaseSection({ phase: { phase, groups, count }, names, all }: PhaseSectionProps) {
  const words = useTranslations("words");
  const t = useTranslations("plans");
  return (
    <Disclosure
      summary={<span className="font-medium">{words(`phases.${phase}`)}</span>}
      aside={t("steps", { count })}
      defaultOpen={all || count <= shownAtOnce}
    >
      <ol className="-ml-2 grid grid-cols-[minmax(0,1fr)] gap-2 sm:ml-0">
        {groups.map((steps) => (
          <li key={steps[0]?.id} className="border-l-2 border-line-strong pl-2">
            {steps.length > 1 && (
              <p className="px-1.5 py-0.5 text-faint text-xs">
                {t("atOnce", { steps: steps.length })}
              </p>
            )}
            <ul className="grid grid-cols-[minmax(0,1fr)]">
              {steps.map((step) => (
                <PlanStep key={step.id} step={step} names={names} defaultOpen={all} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

/** The first characters of a plan's hash; the whole goes to the clipboard. */
export function PlanHash({ hash }: { hash: string }) {
  const t = useTranslations("plans");
  return (
    <span className="inline-flex items-center gap-1 text-muted text-xs">
      {t("planHash")}
      <code className="font-mono" title={hash}>
        {hash.slice(0, 12)}
      </code>
      <CopyButton text={hash} label={t("copyPlanHash")} />
    </span>
  );
}

function expectedWords(
  expected: ExpectedSpan,
  t: Translator<"plans">,
  said: ReturnType<typeof useSaid>,
): string {
  const { outageMs, totalMs } = expected;
  return t("expected", {
    total: said(aboutWords(totalMs)),
    hasOutage: String(outageMs !== null),
    outage: said(aboutWords(outageMs ?? 0)),
    approvals: expected.approvals,
    assumed: String(expected.assumed),
  });
}
