import { Clock } from "#components/ui/clock.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { useSaid, useTranslations } from "#i18n";
import { aboutWords } from "#lib/domain/run-view/forecast.ts";
import type {
  DurationSource,
  OutageEstimate as Estimate,
  OutagePart,
} from "#lib/domain/run-view/outage-estimate.ts";

/** How long OMS will be out, what that is made of, and where each number is from. */
export function OutageEstimate({ estimate }: { estimate: Estimate }) {
  const t = useTranslations("plans");
  const said = useSaid();
  const { outageMs, parts, beside, approvals, byPerson } = estimate;
  return (
    <section
      aria-label={t("estimate.title")}
      className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-lg border bg-raised px-4 py-3"
    >
      <h3 className="font-medium text-sm">
        {t("estimate.sum", {
          time: said(aboutWords(outageMs)),
          approvals,
          byPerson: String(byPerson),
        })}
      </h3>
      <Table label={t("estimate.parts")}>
        <THead>
          <Th>{t("estimate.part")}</Th>
          <Th align="right">{t("estimate.takes")}</Th>
          <Th>{t("estimate.from")}</Th>
        </THead>
        <TBody>
          {parts.map((part) => (
            <PartRow key={`${part.hop} ${part.phase}`} part={part} />
          ))}
          {beside.map((part) => (
            <PartRow key={`${part.hop} ${part.phase}`} part={part} isBeside />
          ))}
        </TBody>
      </Table>
    </section>
  );
}

function PartRow({ part, isBeside = false }: { part: OutagePart; isBeside?: boolean }) {
  const t = useTranslations("plans");
  const words = useTranslations("words");
  const said = useSaid();
  const { phase, hop, ms, sources } = part;
  return (
    <Tr className={isBeside ? "text-muted" : ""}>
      <Td>
        {t("estimate.phase", {
          phase: words(`phases.${phase}`),
          hasHop: String(hop !== null),
          hop: hop ?? 0,
          beside: String(isBeside),
        })}
      </Td>
      <Td label={t("estimate.takes")} align="right">
        {said(aboutWords(ms))}
      </Td>
      <Td label={t("estimate.from")}>
        <span className="grid">
          {sources.map((source) => (
            <Source key={JSON.stringify(source)} source={source} />
          ))}
        </span>
      </Td>
    </Tr>
  );
}

function Source({ source }: { source: DurationSource }) {
  const t = useTranslations("plans");
  switch (source.from) {
    case "practice":
      return (
        <span>
          {t.rich("estimate.practice", { at: () => <Clock at={source.at} show="both" /> })}
        </span>
      );
    case "history":
      return <span>{t("estimate.history", { runs: source.runs })}</span>;
    case "assumed":
      return <span>{t("estimate.assumed")}</span>;
  }
}
