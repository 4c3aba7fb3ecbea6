import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { RunRow } from "#lib/services/views.ts";

/** The runs of one deployment, newest first. */
export function RunHistory({ name, runs }: { name: string; runs: readonly RunRow[] }) {
  const t = useTranslations("deployments");
  return (
    <Table label={t("runsOf", { name })}>
      <THead>
        <Th>{t("run")}</Th>
        <Th>{t("state")}</Th>
        <Th>{t("started")}</Th>
        <Th>{t("by")}</Th>
        <Th align="right">{t("t1ToT2")}</Th>
      </THead>
      <TBody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td>
              <TextLink href={`/runs/${run.id}`} className="font-mono text-xs">
                <RunTitle run={run} />
              </TextLink>
            </Td>
            <Td label={t("state")}>
              <StateBadge state={stateOfRun(run)} />
            </Td>
            <Td label={t("started")}>
              <Clock at={run.createdAt} show="both" className="font-mono text-xs" />
            </Td>
            <Td label={t("by")}>{run.startedBy}</Td>
            <Td label={t("t1ToT2")} align="right">
              {run.t1 && run.t2 ? (
                <Duration ms={Date.parse(run.t2) - Date.parse(run.t1)} />
              ) : (
                <span className="text-faint">—</span>
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
