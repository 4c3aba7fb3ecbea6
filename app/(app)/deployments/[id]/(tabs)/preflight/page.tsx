import type { Metadata } from "next";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { ChecksList } from "#components/plans/checks-list.tsx";
import { PreflightButton } from "#components/plans/preflight-button.tsx";
import { PreflightHistory } from "#components/plans/preflight-history.tsx";
import { Clock, RelativeTime } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { PreflightId } from "#lib/domain/ids.ts";
import { verdictWords } from "#lib/domain/preflight.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";
import { getPreflight, listPreflights } from "#lib/services/preflights.ts";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: "Preflight" };

export default async function PreflightPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, id));
  const rows = await listPreflights(actor, id);
  const named = PreflightId.safeParse((await searchParams).show);
  const wanted = named.success ? named.data : rows[0]?.id;
  const shown = wanted ? await orNotFound(getPreflight(actor, id, wanted)) : null;
  const isNewest = shown !== null && shown.id === rows[0]?.id;
  return (
    <>
      <p className="max-w-3xl text-muted text-sm">
        What an upgrade of {deployment.name} needs, looked at on every node and in the MetaDB. It
        changes nothing and can be run at any time, also while OMS works.
      </p>
      {roleMay(actor.role, "plan.create") && <PreflightButton id={id} first={rows.length === 0} />}
      {shown && (
        <Section
          title={isNewest ? "Newest result" : "Earlier result"}
          actions={
            shown.planId && (
              <LinkButton
                size="sm"
                href={`/deployments/${id}/upgrade?plan=${shown.planId}&step=checks`}
              >
                Open in the wizard
              </LinkButton>
            )
          }
        >
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateBadge look="box" {...verdictWords(shown)} />
            <span className="text-muted text-xs">
              {isNewest ? (
                <RelativeTime at={shown.createdAt} />
              ) : (
                <Clock at={shown.createdAt} show="both" />
              )}{" "}
              by {shown.createdBy}
              {shown.target
                ? ` for the upgrade to ${shown.target.version}`
                : " without a target: image, path and new name are checked in the wizard"}
            </span>
          </p>
          {shown.outdated && (
            <Notice tone="warn">The deployment was edited since; run the preflight again.</Notice>
          )}
          <ChecksList checks={shown.checks} />
        </Section>
      )}
      {shown && rows.length > 1 && (
        <Section title="History" description="The newest 50 are kept; the audit keeps who ran one.">
          <PreflightHistory deployment={deployment} rows={rows} shown={shown.id} />
        </Section>
      )}
    </>
  );
}
