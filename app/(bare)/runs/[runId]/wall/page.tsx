import { orNotFound, runIdOf } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { WallScreen } from "#components/wall/wall-screen.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { withoutCommands } from "#lib/domain/plan.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { expectedTimes } from "#lib/operations/plans.ts";
import { getRun } from "#lib/operations/runs.ts";

export const generateMetadata = pageTitle("wall");

export default withMessages(["runs", "said", "wall"], WallPage);

/** A run for a screen on the wall: read from across the room, nothing to press. */
async function WallPage({ params }: { params: Promise<{ runId: string }> }) {
  const actor = await requireActor();
  const runId = await runIdOf(params);
  const view = await orNotFound(getRun(actor, { runId }));
  return (
    <WallScreen
      view={{ ...view, plans: view.plans.map(withoutCommands) }}
      times={await expectedTimes(actor, { planIds: view.plans.map(({ id }) => id), except: runId })}
    />
  );
}
