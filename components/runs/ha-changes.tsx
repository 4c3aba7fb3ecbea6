import { CodeBlock } from "#components/ui/code-block.tsx";
import { Said } from "#components/ui/said.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { HaStepChange } from "#lib/domain/run-view/ha-changes.ts";

export interface HaChangesProps {
  changes: readonly HaStepChange[];
  /** "What the plan changes in ha.config" */
  title: string;
}

/** What becomes of ha.config, step by step, as a difference of its keys. */
export function HaChanges({ changes, title }: HaChangesProps) {
  if (changes.length === 0) return null;
  const both = new Set(changes.map(({ leg }) => leg)).size > 1;
  return (
    <section aria-label={title} className="rounded-lg border bg-raised">
      <h3 className="border-b px-3 py-2 font-medium text-sm">{title}</h3>
      <ul>
        {changes.map((change) => (
          <li
            key={`${change.leg} ${change.stepId}`}
            className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-b px-3 py-2.5 last:border-b-0"
          >
            <StepChange change={change} both={both} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function StepChange({ change, both }: { change: HaStepChange; both: boolean }) {
  const said = useSaid();
  const t = useTranslations("runs");
  const { title, leg, stepId, changes, arithmetic, whole } = change;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-medium">{said(title)}</span>
        {both && (
          <span className="text-muted text-xs">
            {leg === "forward" ? t("upgrade") : t("rollback")}
          </span>
        )}
        <span className="font-mono text-muted text-xs">{stepId}</span>
      </p>
      {changes.length === 0 ? (
        <p className="text-muted text-xs">{t("valueStays")}</p>
      ) : (
        <ul className="grid gap-1 font-mono text-xs">
          {changes.map(({ key, from, to }) => (
            <li key={key} className="grid [overflow-wrap:anywhere]">
              {from !== null && (
                <del className="bg-fail-tint px-1.5 text-fail no-underline">
                  <span aria-hidden="true">− </span>
                  {`"${key}": ${from}`}
                </del>
              )}
              {to !== null && (
                <ins className="bg-ok-tint px-1.5 text-ok no-underline">
                  <span aria-hidden="true">+ </span>
                  {`"${key}": ${to}`}
                </ins>
              )}
            </li>
          ))}
        </ul>
      )}
      {arithmetic && (
        <p className="text-muted text-xs">
          <Said>{arithmetic}</Said>
        </p>
      )}
      {whole && (
        <details className="text-xs">
          <summary className="w-fit cursor-pointer text-muted hover:text-fg">
            {t("wholeValues")}
          </summary>
          <div className="grid gap-2 pt-2">
            <CodeBlock label={t("haConfigBefore")} code={whole.before} wrap />
            <CodeBlock label={t("haConfigAfter")} code={whole.after} wrap />
          </div>
        </details>
      )}
    </>
  );
}
