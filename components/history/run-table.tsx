import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { SortTh, type TableOrder } from "#components/ui/sort-th.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { RunStatus } from "#lib/domain/run.ts";
import type { RunOrder } from "#lib/services/run-list.ts";
import type { RunRow } from "#lib/services/views.ts";
import { OutageSpan, RunSpan } from "./run-spans.tsx";

/** The statuses from which a run can be rolled back; the run's page asks the whole state again. */
const standing: readonly RunStatus[] = ["paused", "succeeded", "abandoned"];

/** A practice has nothing to roll back. */
function mayGoBack({ purpose, leg, status }: RunRow): boolean {
  return purpose === "upgrade" && leg === "forward" && standing.includes(status);
}

export interface RunTableProps {
  runs: readonly RunRow[];
  /** Whether this person's role may control runs. */
  mayControl: boolean;
  /** Without it they cannot be sorted. */
  order?: TableOrder<RunOrder["by"]>;
}

/** Runs, newest first unless they are sorted. */
export function RunTable({ runs, mayControl, order }: RunTableProps) {
  const t = useTranslations("history");
  return (
    <Table label={t("runs")}>
      <THead>
        <SortTh by="deployment" order={order}>
          {t("deployment")}
        </SortTh>
        <Th>{t("versions")}</Th>
        <SortTh by="state" order={order}>
          {t("state")}
        </SortTh>
        <SortTh by="started" order={order}>
          {t("started")}
        </SortTh>
        <SortTh by="by" order={order}>
          {t("by")}
        </SortTh>
        <Th align="right">{t("outage")}</Th>
        <Th align="right">{t("duration")}</Th>
        <Th>
          <span className="sr-only">{t("links")}</span>
        </Th>
      </THead>
      <TBody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td className="sm:min-w-52">
              <TextLink
                href={`/runs/${run.id}`}
                className="font-medium [overflow-wrap:anywhere]"
                aria-label={t("runOf", {
                  deploymentName: run.deploymentName,
                  purpose: run.purpose,
                  fromVersion: run.fromVersion,
                  toVersion: run.toVersion,
                })}
              >
                {run.deploymentName}
              </TextLink>
            </Td>
            <Td label={t("versions")} mono>
              <RunTitle run={run} />
            </Td>
            <Td label={t("state")} className="whitespace-nowrap">
              <StateBadge state={stateOfRun(run)} />
            </Td>
            <Td label={t("started")}>
              <Clock at={run.createdAt} show="both" className="font-mono text-xs" />
            </Td>
            <Td label={t("by")}>
              <span className="block max-w-44 truncate" title={run.startedBy}>
                {run.startedBy}
              </span>
            </Td>
            <Td label={t("outage")} align="right">
              <OutageSpan run={run} />
            </Td>
            <Td label={t("duration")} align="right">
              <RunSpan run={run} />
            </Td>
            <Td>
              <span className="flex justify-end gap-3 whitespace-nowrap text-xs">
                {mayControl && mayGoBack(run) && (
                  <TextLink
                    href={`/runs/${run.id}`}
                    aria-label={t("rollBackOf", {
                      deploymentName: run.deploymentName,
                      purpose: run.purpose,
                      fromVersion: run.fromVersion,
                      toVersion: run.toVersion,
                    })}
                  >
                    {t("rollBack")}
                  </TextLink>
                )}
                <TextLink
                  href={`/runs/${run.id}/audit`}
                  aria-label={t("auditOf", {
                    deploymentName: run.deploymentName,
                    purpose: run.purpose,
                    fromVersion: run.fromVersion,
                    toVersion: run.toVersion,
                  })}
                >
                  {t("audit")}
                </TextLink>
              </span>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
