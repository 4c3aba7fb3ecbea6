import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Said } from "#components/ui/said.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { ConfigDifference, InitDecision } from "#lib/domain/init-decision.ts";
import { evidenceWords, placeWords } from "#lib/domain/init-words.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { Translator } from "#lib/i18n/types.ts";

export interface InitDecisionsProps {
  decisions: readonly InitDecision[];
  /** What can be done about a region's decision here. */
  actions?: (decision: InitDecision) => ReactNode;
}

/** Where docker_init.sh runs in each region, what the nodes' files say to it, and who decided otherwise. */
export function InitDecisions({ decisions, actions }: InitDecisionsProps) {
  const t = useTranslations("plans");
  if (decisions.length === 0) return null;
  return (
    <section
      aria-label={t("initLabel")}
      className="grid grid-cols-[minmax(0,1fr)] rounded-lg border bg-raised"
    >
      <h3 className="border-b px-3 py-2 font-medium text-sm">
        {t.rich("initHeading", {
          code: (chunks) => <code className="font-mono text-xs">{chunks}</code>,
        })}
      </h3>
      <ul>
        {decisions.map((decision) => (
          <li key={decision.regionId} className="grid gap-1 border-b px-3 py-2.5 last:border-b-0">
            <Decision decision={decision} actions={actions?.(decision)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decision({ decision, actions }: { decision: InitDecision; actions: ReactNode }) {
  const said = useSaid();
  const t = useTranslations("plans");
  const { region, overruledBecause, differences } = decision;
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-72 gap-0.5 text-sm [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{region}</span>
            <span>{said(placeWords(decision))}</span>
            {overruledBecause !== null && <Badge tone="warn">{t("overruled")}</Badge>}
          </p>
          <p className="text-muted text-xs">
            <Said>{evidenceWords(decision)}</Said>
          </p>
          {overruledBecause !== null && (
            <p className="text-xs">{t("reason", { overruledBecause })}</p>
          )}
        </div>
        {actions}
      </div>
      {differences.length > 0 && (
        <Disclosure
          summary={t("whatTheFilesSay")}
          aside={t("differences", { differences: differences.length })}
        >
          <Differences region={region} differences={differences} />
        </Disclosure>
      )}
    </>
  );
}

function Differences({
  region,
  differences,
}: {
  region: string;
  differences: readonly ConfigDifference[];
}) {
  const t = useTranslations("plans");
  const rows = differences.flatMap(({ key, secret, values }) =>
    values.map((value, index) => ({ ...value, key, secret, index })),
  );
  return (
    <DataTable
      label={t("differencesOfConfigYamlIn", { region })}
      maxHeight="max-h-96"
      rows={rows}
      rowKey={({ key, nodes }) => `${key} ${nodes[0]}`}
      columns={[
        {
          name: t("key"),
          className: "font-mono text-xs",
          cell: ({ key, index }) => (index === 0 ? key : <Same name={key} />),
        },
        {
          name: t("value"),
          className: "text-xs [overflow-wrap:anywhere]",
          cell: ({ text, absent, secret, index }) =>
            absent ? (
              <span className="text-muted">{t("notThere")}</span>
            ) : secret || text === null ? (
              <>
                <span className="font-mono">{Secret.mask}</span>
                <span className="text-muted"> {t("secretValue", { index: index + 1 })}</span>
              </>
            ) : (
              <span className="font-mono">{text === "" ? '""' : text}</span>
            ),
        },
        {
          name: t("nodes"),
          className: "text-xs [overflow-wrap:anywhere]",
          cell: ({ nodes }) => someOf(nodes, t),
        },
      ]}
    />
  );
}

/** The key of the row above, for readers who do not see it. */
function Same({ name }: { name: string }) {
  return <span className="text-faint max-sm:text-inherit">{name}</span>;
}

/** The first few of many nodes. */
function someOf(nodes: readonly string[], t: Translator<"plans">): string {
  const named = nodes.slice(0, 8).join(", ");
  return nodes.length > 8 ? t("andMore", { named, more: nodes.length - 8 }) : named;
}
