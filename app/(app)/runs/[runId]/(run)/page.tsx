import { orNotFound, runIdOf } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { runTitle } from "#components/home/run-words.ts";
import { RunScreen } from "#components/runs/run-screen.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { withoutCommands } from "#lib/domain/plan.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { expectedTimes } from "#lib/operations/plans.ts";
import { getRun, linesOfTrouble } from "#lib/operations/runs.ts";

export const generateMetadata = pageTitle("run");

export default withMessages(["locks", "runs", "said"], RunPage);

async function RunPage({ params }: { params: Promise<{ runId: string }> }) {
  const actor = await requireActor();
  const runId = await runIdOf(params);
  const view = await orNotFound(getRun(actor, { runId }));
  const title = runTitle(view.row, await getTranslations("words"));
  return (
    <>
      <PageCrumbs items={[{ label: `${view.row.deploymentName} ${title}` }]} />
      <RunScreen
        view={{ ...view, plans: view.plans.map(withoutCommands) }}
        times={
          await expectedTimes(actor, { planIds: view.plans.map(({ id }) => id), except: runId })
        }
        linesOfTrouble={await linesOfTrouble(actor, { runId })}
        mayControl={roleMay(actor.role, "run.control")}
        mayApprove={roleMay(actor.role, "gate.approve")}
      />
    </>
  );
}
