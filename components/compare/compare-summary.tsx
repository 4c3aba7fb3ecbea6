import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { Comparison } from "#lib/domain/run-compare/compare-runs.ts";
import type { Translator } from "#lib/i18n/types.ts";
import type { RunRow } from "#lib/services/views.ts";
import { Difference } from "./difference.tsx";

export interface CompareSummaryProps {
  /** The earlier run. */
  a: RunRow;
  b: RunRow;
  comparison: Comparison;
}

/** Which two runs, how they came out, their outages, and the steps that differ most. */
export function CompareSummary({ a, b, comparison }: CompareSummaryProps) {
  const format = useFormat();
  const t = useTranslations("compare");
  const { outageMs, totalMs, slower, faster } = comparison;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Table label={t("theTwoRuns")}>
        <THead>
          <Th>
            <span className="sr-only">{t("what")}</span>
          </Th>
          <Th>{t("aEarlier")}</Th>
          <Th>{t("bLater")}</Th>
          <Th align="right">{t("difference")}</Th>
        </THead>
        <TBody>
          <Both name={t("deployment")} a={<Run run={a} />} b={<Run run={b} />} />
          <Both name={t("versions")} a={versions(a)} b={versions(b)} />
          <Both
            name={t("outcome")}
            a={<StateBadge state={stateOfRun(a)} />}
            b={<StateBadge state={stateOfRun(b)} />}
          />
          <Both name={t("started")} a={<Start run={a} />} b={<Start run={b} />} />
          <Both name={t("outage")} {...spans(outageMs, format)} />
          <Both name={t("duration")} {...spans(totalMs, format)} />
        </TBody>
      </Table>
      <p className="text-sm">{words(slower.length, faster.length, t)}</p>
    </div>
  );
}

interface BothProps {
  name: string;
  a: React.ReactNode;
  b: React.ReactNode;
  difference?: React.ReactNode;
}

function Both({ name, a, b, difference }: BothProps) {
  const t = useTranslations("compare");
  return (
    <Tr>
      <Td className="text-muted">{name}</Td>
      <Td label={t("a")}>{a}</Td>
      <Td label={t("b")}>{b}</Td>
      <Td label={t("difference")} align="right">
        {difference}
      </Td>
    </Tr>
  );
}

function spans(
  [a, b]: Comparison["outageMs"],
  format: ReturnType<typeof useFormat>,
): Omit<BothProps, "name"> {
  const text = (ms: number | null) => (ms === null ? "—" : format.duration(ms));
  const later = a === null || b === null ? null : b - a;
  return { a: text(a), b: text(b), difference: <Difference ms={later} marked /> };
}

const versions = (run: RunRow) => (
  <span className="font-mono text-xs">
    <RunTitle run={run} />
  </span>
);

function Start({ run }: { run: RunRow }) {
  const t = useTranslations("compare");
  return (
    <span>
      {t.rich("startBy", {
        clock: () => <Clock at={run.createdAt} show="both" className="font-mono text-xs" />,
        startedBy: run.startedBy,
      })}
    </span>
  );
}

function Run({ run }: { run: RunRow }) {
  return (
    <TextLink href={`/runs/${run.id}`} className="[overflow-wrap:anywhere]">
      {run.deploymentName}
    </TextLink>
  );
}

function words(slower: number, faster: number, t: Translator<"compare">): string {
  if (slower + faster === 0) return t("noneLonger");
  return t("tookLonger", { slower, faster });
}
