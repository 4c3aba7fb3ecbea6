"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSaid, useTranslations } from "#i18n";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { LineKind } from "#lib/domain/run-log/line-kind.ts";
import { type HostNames, nodeOf, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { lineInAddress, showLineInAddress } from "./line-address.ts";
import { firstFrom, nextHit } from "./log-filter.ts";
import { LogFind } from "./log-find.tsx";
import { LogRows } from "./log-rows.tsx";
import { LogToolbar } from "./log-toolbar.tsx";
import { useFollowing, useStayAtEnd } from "./use-following.ts";
import { type GrowingLog, useLogPlaces } from "./use-log-places.ts";
import { useLogRows } from "./use-log-rows.ts";

export interface LogViewerProps extends GrowingLog {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** All that is stored was read; before that an empty log says nothing. */
  complete: boolean;
  stepId: StepId | null;
  onPickStep: (stepId: StepId | null) => void;
}

/** The log of a leg as it grows: narrowed, searched, followed. */
export function LogViewer(props: LogViewerProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  const { run, plan, names, lines, lineCount, complete, stepId } = props;
  const [nodeId, setNodeId] = useState<NodeId | null>(null);
  const [kind, setKind] = useState<LineKind | null>(null);
  const [relative, setRelative] = useState(false);
  const [text, setText] = useState("");
  const [onlyHits, setOnlyHits] = useState(false);
  const [wrap, setWrap] = useState(false);
  /** The place of the line that was gone to. */
  const [current, setCurrent] = useState<number | null>(null);
  const leg = run.plans.length > 1 ? plan : null;
  const { places, hits, pattern } = useLogPlaces(props, { leg, nodeId, stepId, kind, text });
  const listed = onlyHits && hits ? hits : places;
  const shown = listed ? listed.length : lineCount;
  const placeAt = useCallback((row: number) => (listed ? listed[row] : row) ?? 0, [listed]);

  const box = useRef<HTMLDivElement>(null);
  const following = useFollowing(box);
  const drawn = useLogRows({ box, count: shown, placeAt, wrap, atEnd: following.follow });
  useStayAtEnd(following.toEnd, following.follow, drawn.height);

  function goTo(place: number) {
    setCurrent(place);
    following.jump();
    drawn.goTo(listed ? firstFrom(listed, place) : place);
  }

  function step(direction: 1 | -1) {
    const next = hits && nextHit(hits, current ?? placeAt(drawn.topRow()) - 1, direction);
    if (next !== null) goTo(next);
  }

  // What is typed is gone to at once, as browsers do it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the text changes, not when the log grows.
  useEffect(() => {
    const from = current ?? placeAt(drawn.topRow());
    const first = hits?.[firstFrom(hits, from)] ?? hits?.at(-1);
    if (first !== undefined && !onlyHits) goTo(first);
  }, [pattern]);

  useLineInAddress(lineCount, following.stop, goTo);

  const steps = useMemo(
    () =>
      new Map(
        plan.steps.map((step) => {
          const node = nodeOf(step);
          const host = node === null ? "" : (names.get(node) ?? node);
          return [step.id, { title: said(stepTitle(step, names)), host }];
        }),
      ),
    [plan, names, said],
  );

  const at = current === null || !hits ? -1 : firstFrom(hits, current);
  return (
    <section aria-label={t("log")} className="min-w-0 rounded-lg border bg-raised">
      <LogToolbar
        runId={run.runId}
        hosts={plan.hosts}
        nodeId={nodeId}
        onPickNode={setNodeId}
        steps={plan.steps
          .filter(({ id }) => run.steps[id]?.attempt)
          .map(({ id }) => ({ id, title: steps.get(id)?.title ?? id }))}
        stepId={stepId}
        onPickStep={props.onPickStep}
        kind={kind}
        onKind={setKind}
        relative={relative}
        onRelative={setRelative}
        find={
          <LogFind
            className="max-sm:order-2 max-sm:w-full sm:min-w-52 sm:flex-1"
            text={text}
            onChange={(changed) => {
              setText(changed);
              if (changed.trim() === "") setCurrent(null);
            }}
            hits={hits ? hits.length : null}
            current={hits && hits[at] === current && current !== null ? at + 1 : null}
            onStep={step}
            onlyHits={onlyHits}
            onOnlyHits={setOnlyHits}
          />
        }
        shown={shown}
        all={lineCount}
        wrap={wrap}
        onWrap={setWrap}
        follow={following.follow}
        onFollow={following.setFollow}
        copy={() =>
          Array.from({ length: shown }, (_, row) => lines[placeAt(row)]?.text ?? "").join("\n")
        }
      />
      {shown === 0 ? (
        <p className="h-96 px-3 py-2 text-muted text-sm">
          {!complete
            ? t("readingTheLog")
            : lineCount === 0
              ? t("noOutputYet")
              : t("noLineFitsThisFilter")}
        </p>
      ) : (
        <LogRows
          {...{ box, drawn, lines, placeAt, names, steps, pattern, current, wrap }}
          since={relative ? Date.parse(run.createdAt) : null}
          handlers={following.handlers}
          onPick={(number) => {
            setCurrent(number - 1);
            showLineInAddress(number);
          }}
        />
      )}
    </section>
  );
}

/** Goes to the line that the page's address names, as soon as it has come. */
function useLineInAddress(lineCount: number, stop: () => void, goTo: (place: number) => void) {
  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => {
    const number = lineInAddress();
    setWanted(number);
    // The end is not what the reader came for.
    if (number !== null) stop();
  }, [stop]);
  const there = wanted !== null && lineCount >= wanted;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once.
  useEffect(() => {
    if (wanted === null || !there) return;
    goTo(wanted - 1);
    setWanted(null);
  }, [there]);
}
