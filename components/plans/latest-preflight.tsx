import { Verdict } from "#components/plans/verdict.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { PreflightRow } from "#lib/services/views.ts";

/** The newest preflight on a deployment's page: its verdict, and the way to all of it. */
export function LatestPreflight({ id, newest }: { id: DeploymentId; newest: PreflightRow | null }) {
  const t = useTranslations("plans");
  return (
    <Section
      title={t("preflight")}
      actions={
        <LinkButton href={`/deployments/${id}/preflight`} size="sm">
          {newest ? t("open") : t("runThePreflightAsk")}
        </LinkButton>
      }
    >
      {newest ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <Verdict look="box" {...newest} />
          <span className="text-muted text-xs">
            {t.rich("madeBy", {
              ago: () => <RelativeTime at={newest.createdAt} />,
              name: newest.createdBy,
              hasVersion: String(newest.version !== null),
              version: newest.version ?? "",
              outdated: String(newest.outdated),
            })}
          </span>
        </p>
      ) : (
        <p className="text-muted text-sm">{t("notCheckedYet")}</p>
      )}
    </Section>
  );
}
