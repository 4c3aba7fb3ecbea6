import type { ReactNode } from "react";
import { DeploymentHeader } from "#components/deployments/deployment-header.tsx";
import { LiveProvider } from "#components/deployments/live.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { Page } from "#components/ui/page.tsx";
import { LinkTabs } from "#components/ui/tabs.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { hasEnded } from "#lib/domain/run.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { countRuns, listRuns } from "#lib/operations/run-lists.ts";

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export default withMessages(["deployments", "said"], DeploymentLayout);

/** What all views of a deployment share: its name, its state, its next action, the way to the others. */
async function DeploymentLayout({ params, children }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, { deploymentId: id }));
  const [[newest], count] = await Promise.all([
    listRuns(actor, { deploymentId: id, take: 1 }),
    countRuns(actor, { deploymentId: id }),
  ]);
  // A deployment has one run at a time, and it is the newest.
  const active = newest && !hasEnded(newest.status) ? newest : null;
  const here = `/deployments/${id}`;
  return (
    <LiveProvider
      id={id}
      moment={`${deployment.revision} ${active?.id} ${active?.status}`}
      busy={active !== null}
    >
      <Page>
        <PageCrumbs items={[{ label: deployment.name, href: here }]} />
        <DeploymentHeader deployment={deployment} active={active} role={actor.role} />
        <LinkTabs
          label={t("viewsOfTheDeployment")}
          tabs={[
            { href: here, label: t("overview") },
            { href: `${here}/nodes`, label: t("nodes") },
            { href: `${here}/history`, label: t("history"), count },
            { href: `${here}/backups`, label: t("backups") },
            { href: `${here}/preflight`, label: t("preflight") },
            { href: `${here}/settings`, label: t("settings") },
          ]}
        />
        {children}
      </Page>
    </LiveProvider>
  );
}
