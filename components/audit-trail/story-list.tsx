import { Flag, type LucideIcon, RotateCw, User } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { type StateName, states, toneText } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import type { Attempt, StoryLine } from "#lib/domain/run-story/story.ts";

/** What happened, sentence by sentence, in the order in which it happened. */
export function StoryList({ lines }: { lines: readonly StoryLine[] }) {
  const words = useTranslations("words");
  const t = useTranslations("audit-trail");
  return (
    <ol aria-label={t("story")} className="rounded-lg border bg-raised py-2">
      {lines.map((line) =>
        line.kind === "phase" && line.phase ? (
          <li
            key={`phase ${line.seq}`}
            className="mt-2 break-after-avoid border-t px-3 pt-3 pb-1 font-medium text-sm"
          >
            {words(`phases.${line.phase}`)}
          </li>
        ) : (
          <StoryItem key={line.seq} line={line} />
        ),
      )}
    </ol>
  );
}

function StoryItem({ line }: { line: StoryLine }) {
  const strong = line.kind !== "step" && line.kind !== "machine";
  return (
    <li className="grid break-inside-avoid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-3 py-1 text-sm [content-visibility:auto] [contain-intrinsic-size:auto_1.75rem] sm:grid-cols-[4.5rem_auto_minmax(0,1fr)_auto]">
      <Clock
        at={line.at}
        className="font-mono text-muted text-xs/5 max-sm:col-span-2 max-sm:pl-7"
      />
      <LineGlyph line={line} />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className={strong ? "font-medium" : undefined}>
          <Said>{line.text}</Said>
          {line.host && (
            <span className="font-mono font-normal text-muted text-xs"> {line.host}</span>
          )}
        </p>
        {line.detail && (
          <p className="text-muted">
            <Said>{line.detail}</Said>
          </p>
        )}
      </div>
      {line.attempt && <AttemptWords at={line.at} attempt={line.attempt} />}
    </li>
  );
}

function AttemptWords({ at, attempt }: { at: string; attempt: Attempt }) {
  const states = useTranslations("words");
  const t = useTranslations("audit-trail");
  const words = [
    attempt.foundDone && t("foundDone"),
    attempt.number > 1 && t("attempt", { number: attempt.number }),
  ].filter(Boolean);
  return (
    <span className="text-muted text-xs/5 max-sm:col-start-2">
      {words.length > 0 && `${words.join(", ")} · `}
      {attempt.endedAt ? (
        <Duration ms={Date.parse(attempt.endedAt) - Date.parse(at)} />
      ) : (
        states(`states.${attempt.status}`).toLowerCase()
      )}
    </span>
  );
}

const marks: Partial<Record<StoryLine["kind"], LucideIcon>> = {
  person: User,
  moment: Flag,
  machine: RotateCw,
};

const glyphs: Partial<Record<StoryLine["kind"], StateName>> = {
  trouble: "failed",
  pause: "paused",
  end: "succeeded",
};

function LineGlyph({ line }: { line: StoryLine }) {
  const words = useTranslations("words");
  const Mark = marks[line.kind];
  if (Mark) return <Mark className="mt-0.5 size-4 text-accent-text" aria-hidden="true" />;
  const state = line.attempt?.status ?? glyphs[line.kind] ?? "unknown";
  return (
    <span className="mt-0.5">
      <StateGlyph state={state} className={cn("size-4", toneText[states[state].tone])} />
      {line.attempt && <span className="sr-only">{words(`states.${state}`)}: </span>}
    </span>
  );
}
