"use client";

import { ExternalLink } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { Code, CodeBlock } from "#components/ui/code-block.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { toneBox } from "#components/ui/states.ts";
import type { HaAsk, HaShortfall } from "#lib/domain/ha-ask.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import { changedSoFar } from "#lib/domain/run-view/changed-so-far.ts";

export interface HaPanelProps {
  run: RunState;
  plan: Plan;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
}

/** What a person has to change in the console before the run goes on by itself. */
export function HaPanel({ run, plan, aheadMs }: HaPanelProps) {
  return stepsAwaitingPerson(run).map(({ id, awaits }) => {
    if (!awaits) return null;
    const { ask, since } = awaits;
    const off = ask.changes.some(({ key, to }) => key === "enable" && to === false);
    return (
      <section
        key={id}
        aria-label="Waiting for you in the console"
        className={cn("grid gap-3 rounded-lg border px-4 py-3", toneBox.wait)}
      >
        <div className="grid gap-1 text-fg">
          <h2 className="font-semibold text-base">
            Switch HA {off ? "off" : "on"} in the console; the run goes on by itself.
          </h2>
          <p className="text-muted text-sm">
            So far: {changedSoFar(plan, run).join("; ")}. Waiting for{" "}
            <TickingDuration since={since} aheadMs={aheadMs} />.
          </p>
        </div>
        <Instructions ask={ask} />
        <p aria-live="polite" className="font-medium text-sm text-warn empty:hidden">
          {shortfallWords[ask.shortfall]}
        </p>
      </section>
    );
  });
}

/** What is said about a value that was saved and is not it; silence while nothing was saved. */
const shortfallWords: Record<HaShortfall, string | null> = {
  "not-switched": null,
  "interval-too-short":
    "HA is on, but refetchStoreIntervalMin does not cover the outage: Stores would miss changes.",
  unusable: "What is saved in ha.config now is not valid JSON. Mend it in the console.",
};

function Instructions({ ask: { console, changes, wanted, present } }: { ask: HaAsk }) {
  return (
    <>
      <ol className="grid list-decimal gap-1 pl-5 text-fg text-sm">
        <li>
          Open the console, System Management, System Parameters, and edit <Code>ha.config</Code>.
        </li>
        <li>
          Set{" "}
          {changes.map(({ key, to }, index) => (
            <span key={key}>
              {index > 0 && " and "}
              <Code>{`"${key}": ${to}`}</Code>
            </span>
          ))}
          , leave the rest, and save.
        </li>
      </ol>
      {wanted && (
        <Disclosure summary="The whole value, to be pasted">
          <div className="grid gap-2 pt-2">
            <CodeBlock label="ha.config as it should be" code={wanted} wrap />
            <CodeBlock label="ha.config as it is" code={present} wrap />
          </div>
        </Disclosure>
      )}
      <LinkButton
        href={console}
        target="_blank"
        rel="noreferrer"
        variant="primary"
        className="justify-self-start"
      >
        <ExternalLink aria-hidden="true" />
        Open the console
      </LinkButton>
    </>
  );
}
