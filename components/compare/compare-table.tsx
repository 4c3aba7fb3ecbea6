import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneText } from "#components/ui/states.ts";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import { isWorthSaying, type Side, type StepPair } from "#lib/domain/run-compare/compare-runs.ts";
import { Difference } from "./difference.tsx";

/** Every step of both runs with what it took in each. */
export function CompareTable({ pairs }: { pairs: readonly StepPair[] }) {
  const said = useSaid();
  const t = useTranslations("compare");
  const longest = Math.max(1, ...pairs.flatMap(({ a, b }) => [a?.tookMs ?? 0, b?.tookMs ?? 0]));
  return (
    <Table label={t("stepsOfBothRuns")}>
      <THead>
        <Th>{t("phase")}</Th>
        <Th>{t("step")}</Th>
        <Th>{t("a")}</Th>
        <Th>{t("b")}</Th>
        <Th align="right">{t("difference")}</Th>
      </THead>
      <TBody>
        {pairs.map((pair) => (
          <Tr key={`${pair.leg} ${pair.stepId}`}>
            <Td className="whitespace-nowrap text-muted">
              {said(pair.phase)}
              {pair.leg === "rollback" && t("wayBack")}
            </Td>
            <Td label={t("step")} className="[overflow-wrap:anywhere]">
              {said(pair.title)}
            </Td>
            <Td label={t("a")}>
              <Took side={pair.a} longest={longest} />
            </Td>
            <Td label={t("b")}>
              <Took side={pair.b} longest={longest} />
            </Td>
            <Td label={t("difference")} align="right">
              <DifferenceOf pair={pair} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

/** A duration with a bar against the longest step of both runs. */
function Took({ side, longest }: { side: Side | null; longest: number }) {
  const t = useTranslations("compare");
  const words = useTranslations("words");
  const format = useFormat();
  if (!side) return <span className="text-faint">{t("noSuchStep")}</span>;
  const { tone } = states[side.status];
  const word = words(`states.${side.status}`);
  return (
    <span className="grid w-40 gap-1">
      <span className="flex items-center gap-1.5 whitespace-nowrap text-xs tabular-nums">
        <StateGlyph state={side.status} className={`size-3 ${toneText[tone]}`} />
        <span className="sr-only">{word}, </span>
        {side.tookMs === null ? word.toLowerCase() : format.duration(side.tookMs)}
        {side.attempts > 1 && (
          <span className="text-muted">{t("attempt", { attempts: side.attempts })}</span>
        )}
      </span>
      {side.tookMs !== null && (
        <span
          className="h-1 rounded-full bg-line-strong"
          style={{ width: `${Math.max(1, (side.tookMs / longest) * 100)}%` }}
        />
      )}
    </span>
  );
}

function DifferenceOf({ pair }: { pair: StepPair }) {
  return <Difference ms={pair.laterMs} marked={isWorthSaying(pair)} />;
}
