"use client";

import { useState } from "react";
import { useResult } from "#components/forms/use-result.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { LookedAt, PreflightProgress } from "#lib/domain/preflight.ts";

export interface CheckingProps {
  deploymentId: DeploymentId;
  /** When it began, ms since the epoch. */
  since: number;
}

/** A preflight under way: who has answered, who has not yet, and for how long it has been going on. */
export function Checking({ deploymentId, since }: CheckingProps) {
  const t = useTranslations("plans");
  const { value } = useResult<PreflightProgress | null>(
    `/deployments/${deploymentId}/preflight/progress`,
    { everyMs: 700, moment: String(since) },
  );
  const [progress, setProgress] = useState(value);
  // Once it is over nobody knows of it any more: what it showed last stays in sight.
  if (value && value !== progress) setProgress(value);
  const hosts = progress?.hosts ?? [];
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
                  ? t("lookingAtEveryNodeAnd")
                  : t("ofHaveAnswered", { done, hosts: hosts.length })}
              </span>
              , <TickingDuration since={since} />
            </p>
            <p className="text-muted [overflow-wrap:anywhere]">
              {done > 0 && slow.length > 0 && slow.length <= 5
                ? t("stillWaiting", { names: slow.map(({ name }) => name).join(", ") })
                : t("allAtOnce")}
            </p>
          </div>
        </div>
        {hosts.length > 0 && (
          <>
            <ProgressBar
              label={t("hostsThatHaveAnswered")}
              value={done}
              max={hosts.length}
              valueText={t("doneOf", { done, hosts: hosts.length })}
            />
            <ul
              aria-label={t("hosts")}
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
  { glyph: "pending" | "running" | "pass" | "fail"; tone: string }
> = {
  waiting: { glyph: "pending", tone: "text-idle" },
  looking: { glyph: "running", tone: "text-run" },
  answered: { glyph: "pass", tone: "text-ok" },
  trouble: { glyph: "fail", tone: "text-fail" },
};

function HostLine({ host: { name, state, tookMs } }: { host: LookedAt }) {
  const t = useTranslations("plans");
  const format = useFormat();
  const { glyph, tone } = looks[state];
  const word = t(`looks.${state}`);
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <StateGlyph state={glyph} className={`size-3.5 shrink-0 ${tone}`} />
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}
      </span>
      <span className="shrink-0 text-muted">
        {tookMs === null ? word : `${word}, ${format.duration(tookMs)}`}
      </span>
    </li>
  );
}
