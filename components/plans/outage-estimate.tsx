import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { useSaid, useTranslations } from "#i18n";
import { aboutWords } from "#lib/domain/run-view/forecast.ts";
import type {
  OutageEstimate as Estimate,
  OutagePart,
} from "#lib/domain/run-view/outage-estimate.ts";
import type { DurationSource } from "#lib/domain/run-view/step-times.ts";

export interface OutageEstimateProps {
  estimate: Estimate;
  /** Shows what it is made of at once, not behind its line. */
  open: boolean;
  className?: string;
}

/** How long OMS will be out, what that is made of, and where each number is from. */
export function OutageEstimate({ estimate, open, className }: OutageEstimateProps) {
  const t = useTranslations("plans");
  const said = useSaid();
  const { outageMs, parts, beside, approvals, byPerson, unsized } = estimate;
  const measured = [...parts, ...beside].some(({ sources }) =>
    sources.some(({ from }) => from !== "assumed"),
  );
  return (
    <section aria-label={t("estimate.title")} className={cn("max-w-3xl", className)}>
      <Disclosure
        // Another step opens or closes it anew.
        key={String(open)}
        defaultOpen={open}
        summary={
          <h2 className="font-medium">
            {t("estimate.sum", {
              time: said(aboutWords(outageMs)),
              approvals,
              byPerson: String(byPerson),
            })}
          </h2>
        }
      >
        <DataTable
          label={t("estimate.parts")}
          rows={[
            ...parts.map((part) => ({ part, isBeside: false })),
            ...beside.map((part) => ({ part, isBeside: true })),
          ]}
          rowKey={({ part: { hop, phase }, isBeside }) => `${isBeside} ${hop} ${phase}`}
          rowClassName={({ isBeside }) => (isBeside ? "text-muted" : "")}
          columns={[
            { name: t("estimate.part"), cell: (row) => <Part {...row} measured={measured} /> },
            {
              name: t("estimate.takes"),
              align: "right",
              cell: ({ part }) => said(aboutWords(part.ms)),
            },
          ]}
        />
        {!measured && <p className="pt-2 text-muted text-xs">{t("estimate.nothingMeasured")}</p>}
        {unsized.length > 0 && (
          <p className="pt-2 text-xs [overflow-wrap:anywhere]">
            {t("estimate.unsized", { databases: unsized.join(", ") })}
          </p>
        )}
      </Disclosure>
    </section>
  );
}

interface PartProps {
  part: OutagePart;
  /** Whether any part was: else it is not said of each how it is known. */
  measured: boolean;
  isBeside: boolean;
}

function Part({ part: { phase, hop, sources }, measured, isBeside }: PartProps) {
  const t = useTranslations("plans");
  const words = useTranslations("words");
  return (
    <span className="grid">
      {t("estimate.phase", {
        phase: words(`phases.${phase}`),
        hasHop: String(hop !== null),
        hop: hop ?? 0,
        beside: String(isBeside),
      })}
      {measured && (
        <span className="grid text-muted text-xs">
          {sources.map((source) => (
            <Source key={JSON.stringify(source)} source={source} />
          ))}
        </span>
      )}
    </span>
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
