import type { ReactNode } from "react";
import { InitDecisions } from "#components/plans/init-decisions.tsx";
import { HaChanges } from "#components/runs/ha-changes.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { useTranslations } from "#i18n";
import { momentsOf } from "#lib/domain/run-activity/moments.ts";
import { haChangesOf } from "#lib/domain/run-view/ha-changes.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import type { RunView } from "#lib/services/views.ts";
import "./record.css";
import { RunBackups } from "./run-backups.tsx";
import { MomentTable, RunFacts } from "./run-facts.tsx";

export interface RunRecordProps {
  view: RunView;
  header: ReactNode;
  /** Its activity, or the part of it that is read. */
  children: ReactNode;
}

/** What an auditor reads and files of a run, on the screen as on paper: facts, moments, what happened, backups. */
export function RunRecord({ view: { row, state, plans }, header, children }: RunRecordProps) {
  const t = useTranslations("audit-trail");
  const names = hostNames(plans);
  const moments = momentsOf(state);
  return (
    <div data-record="" className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {header}
      <RunFacts {...{ row, state }} hosts={plans[0]?.hosts ?? []} />
      {moments.length > 0 && <MomentTable moments={moments} names={names} />}
      <InitDecisions decisions={plans[0]?.initialisation ?? []} />
      <HaChanges changes={haChangesOf(plans, state)} title={t("haChanges")} />
      {children}
      <Section id="backups" title={t("backups")}>
        {state.backups.length === 0 ? (
          <p className="text-muted text-sm">{t("noDatabaseWasDumpedIn")}</p>
        ) : (
          <RunBackups backups={state.backups} names={names} />
        )}
      </Section>
    </div>
  );
}
