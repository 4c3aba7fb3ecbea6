"use client";

import { ExternalLink } from "lucide-react";
import { Fragment } from "react";
import { cn } from "#components/ui/class-names.ts";
import { Code, CodeBlock } from "#components/ui/code-block.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { toneBox } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import type { HaAsk } from "#lib/domain/ha-ask.ts";
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
  const said = useSaid();
  const t = useTranslations("runs");
  return stepsAwaitingPerson(run).map(({ id, awaits }) => {
    if (!awaits) return null;
    const { ask, since } = awaits;
    const off = ask.changes.some(({ key, to }) => key === "enable" && to === false);
    return (
      <section
        key={id}
        aria-label={t("waitingForYou")}
        className={cn("grid gap-3 rounded-lg border px-4 py-3", toneBox.wait)}
      >
        <div className="grid gap-1 text-fg">
          <h2 className="font-semibold text-base">{t("switchHa", { off: String(off) })}</h2>
          <p className="text-muted text-sm">
            {t.rich("soFarWaitingFor", {
              facts: changedSoFar(plan, run).map(said).join(t("factsJoin")),
              tickingduration: () => <TickingDuration since={since} aheadMs={aheadMs} />,
            })}
          </p>
        </div>
        <Instructions ask={ask} />
        <p aria-live="polite" className="font-medium text-sm text-warn empty:hidden">
          {ask.shortfall !== "not-switched" && t(`shortfalls.${ask.shortfall}`)}
        </p>
      </section>
    );
  });
}

function Instructions({ ask: { console, changes, wanted, present } }: { ask: HaAsk }) {
  const t = useTranslations("runs");
  return (
    <>
      <ol className="grid list-decimal gap-1 pl-5 text-fg text-sm">
        <li>{t.rich("openParameters", { code: (chunks) => <Code>{chunks}</Code> })}</li>
        <li>
          {t.rich("setKeys", {
            keys: () =>
              changes.map(({ key, to }, index) => (
                <Fragment key={key}>
                  {index > 0 && t("and")}
                  <Code>{`"${key}": ${to}`}</Code>
                </Fragment>
              )),
          })}
        </li>
      </ol>
      {wanted && (
        <Disclosure summary={t("wholeValue")}>
          <div className="grid gap-2 pt-2">
            <CodeBlock label={t("haConfigWanted")} code={wanted} wrap />
            <CodeBlock label={t("haConfigPresent")} code={present} wrap />
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
        {t("openTheConsole")}
      </LinkButton>
    </>
  );
}
