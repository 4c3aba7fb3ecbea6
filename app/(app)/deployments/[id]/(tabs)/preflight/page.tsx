import type { SearchParams } from "nuqs/server";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { ChecksList } from "#components/plans/checks-list.tsx";
import { PreflightButton } from "#components/plans/preflight-button.tsx";
import { PreflightHistory } from "#components/plans/preflight-history.tsx";
import { Verdict } from "#components/plans/verdict.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { PreflightId } from "#lib/domain/ids.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { getPreflight, listPreflights } from "#lib/operations/preflights.ts";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("preflight");

export default withMessages(["plans"], PreflightPage);

async function PreflightPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, { deploymentId: id }));
  const rows = await listPreflights(actor, { deploymentId: id });
  const named = PreflightId.safeParse((await searchParams).show);
  const wanted = named.success ? named.data : rows[0]?.id;
  const shown = wanted
    ? await orNotFound(getPreflight(actor, { deploymentId: id, preflightId: wanted }))
    : null;
  const isNewest = shown !== null && shown.id === rows[0]?.id;
  return (
    <>
      <p className="max-w-3xl text-muted text-sm">
        {t("preflightHint", { name: deployment.name })}
      </p>
      {roleMay(actor.role, "plan.create") && <PreflightButton id={id} first={rows.length === 0} />}
      {shown && (
        <Section
          title={isNewest ? t("newestResult") : t("earlierResult")}
          actions={
            shown.planId && (
              <LinkButton
                size="sm"
                href={`/deployments/${id}/upgrade?plan=${shown.planId}&step=checks`}
              >
                {t("openInTheWizard")}
              </LinkButton>
            )
          }
        >
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Verdict look="box" {...shown} />
            <span className="text-muted text-xs">
              {t.rich("preflightFacts", {
                when: () =>
                  isNewest ? (
                    <RelativeTime at={shown.createdAt} />
                  ) : (
                    <Clock at={shown.createdAt} show="both" />
                  ),
                name: shown.createdBy,
                hasTarget: String(shown.target !== null),
                version: shown.target?.version ?? "",
              })}
            </span>
          </p>
          {shown.outdated && <Notice tone="warn">{t("editedSince")}</Notice>}
          <ChecksList checks={shown.checks} />
        </Section>
      )}
      {shown && rows.length > 1 && (
        <Section title={t("history")} description={t("historyHint")}>
          <PreflightHistory deployment={deployment} rows={rows} shown={shown.id} />
        </Section>
      )}
    </>
  );
}
