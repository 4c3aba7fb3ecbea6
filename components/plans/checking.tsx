"use client";

import { TickingDuration } from "#components/ui/duration.tsx";
import { formatDuration } from "#components/ui/format.ts";
import { Panel } from "#components/ui/panel.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { LookedAt } from "#lib/domain/preflight.ts";
import { useProgress } from "./use-progress.ts";

export interface CheckingProps {
  deploymentId: DeploymentId;
  /** When it began, ms since the epoch. */
  since: number;
}

/** A preflight under way: who has answered, who has not yet, and for how long it has been going on. */
export function Checking({ deploymentId, since }: CheckingProps) {
  const hosts = useProgress(deploymentId)?.hosts ?? [];
  const done = hosts.filter(isDone).length;
  const slow = hosts.filter((host) => !isDone(host));
  return (
    <Panel>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 text-sm">
        <div className="flex items-start gap-3">
          <Spinner className="mt-0.5 text-run" />
          <div className="min-w-0">
            <p className="font-medium">
              <span role="status">
                {hosts.length === 0
                  ? "Looking at every node and the MetaDB"
                  : `${done} of ${hosts.length} have answered`}
              </span>
              , <TickingDuration since={since} />
            </p>
            <p className="text-muted [overflow-wrap:anywhere]">
              {done > 0 && slow.length > 0 && slow.length <= 5
                ? `Still waiting for ${slow.map(({ name }) => name).join(", ")}. A host that is down is given up after some 20 s.`
                : "All at once, and nothing is changed. It takes as long as the slowest answer."}
            </p>
          </div>
        </div>
        {hosts.length > 0 && (
          <>
            <ProgressBar
              label="Hosts that have answered"
              value={done}
              max={hosts.length}
              valueText={`${done} of ${hosts.length}`}
            />
            <ul
              aria-label="Hosts"
              className="grid max-h-80 grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-4 gap-y-1 overflow-y-auto text-xs"
            >
              {hosts.map((host) => (
                <HostLine key={host.key} host={host} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}

function isDone({ state }: LookedAt): boolean {
  return state === "answered" || state === "trouble";
}

const looks: Record<
  LookedAt["state"],
  { glyph: "pending" | "running" | "pass" | "fail"; tone: string; word: string }
> = {
  waiting: { glyph: "pending", tone: "text-idle", word: "waiting" },
  looking: { glyph: "running", tone: "text-run", word: "looking" },
  answered: { glyph: "pass", tone: "text-ok", word: "answered" },
  trouble: { glyph: "fail", tone: "text-fail", word: "trouble" },
};

function HostLine({ host: { name, state, tookMs } }: { host: LookedAt }) {
  const { glyph, tone, word } = looks[state];
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <StateGlyph state={glyph} className={`size-3.5 shrink-0 ${tone}`} />
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}
      </span>
      <span className="shrink-0 text-muted">
        {tookMs === null ? word : `${word}, ${formatDuration(tookMs)}`}
      </span>
    </li>
  );
}
