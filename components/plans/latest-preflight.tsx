import { RelativeTime } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { verdictWords } from "#lib/domain/preflight.ts";
import type { PreflightRow } from "#lib/services/preflights.ts";

/** The newest preflight on a deployment's page: its verdict, and the way to all of it. */
export function LatestPreflight({ id, newest }: { id: DeploymentId; newest: PreflightRow | null }) {
  return (
    <Section
      title="Preflight"
      actions={
        <LinkButton href={`/deployments/${id}/preflight`} size="sm">
          {newest ? "Open" : "Run the preflight…"}
        </LinkButton>
      }
    >
      {newest ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <StateBadge look="box" {...verdictWords(newest)} />
          <span className="text-muted text-xs">
            <RelativeTime at={newest.createdAt} /> by {newest.createdBy}
            {newest.version && ` for ${newest.version}`}
            {newest.outdated && " · the deployment has changed since"}
          </span>
        </p>
      ) : (
        <p className="text-muted text-sm">
          Not checked yet. A preflight looks at every node and the MetaDB and changes nothing; run
          it days before the window, so that there is time to mend what it finds.
        </p>
      )}
    </Section>
  );
}
