import { stateOfRun } from "#components/home/run-words.ts";
import { RelativeTime } from "#components/ui/clock.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { RunRow } from "#lib/services/views.ts";
import { PracticeButton } from "./practice-button.tsx";

export interface LatestPracticeProps {
  id: DeploymentId;
  newest: RunRow | null;
  /** Whether this person may start one now. */
  may: boolean;
}

/** The newest practice backup on a deployment's page, and the way to another. */
export function LatestPractice({ id, newest, may }: LatestPracticeProps) {
  const t = useTranslations("plans");
  return (
    <Section title={t("practice.title")} help="operations#practise-before-the-window">
      {newest ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <StateBadge look="box" state={stateOfRun(newest)} />
          <TextLink href={`/runs/${newest.id}`}>{t("practice.open")}</TextLink>
          <span className="text-muted text-xs">
            {t.rich("practice.by", {
              ago: () => <RelativeTime at={newest.createdAt} />,
              name: newest.startedBy,
            })}
          </span>
        </p>
      ) : (
        <p className="text-muted text-sm">{t("practice.never")}</p>
      )}
      {may && <PracticeButton id={id} />}
    </Section>
  );
}
