import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvent } from "#lib/domain/apply-event.ts";
import type { Text } from "#lib/domain/message.ts";
import type { RunState } from "#lib/domain/run.ts";
import { activityOf } from "#lib/domain/run-activity/activity.ts";
import { cancelWords } from "#lib/domain/run-view/cancel-words.ts";
import { changedSoFar, restoredSoFar } from "#lib/domain/run-view/changed-so-far.ts";
import { haChangesOf, plannedHa } from "#lib/domain/run-view/ha-changes.ts";
import { hopSections } from "#lib/domain/run-view/hop-sections.ts";
import { hostNames, stepDoing, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { isWork } from "#lib/domain/step.ts";
import { english } from "#lib/i18n/english.ts";
import { saidIn } from "#lib/i18n/said-in.ts";
import type { Recording } from "./recording.ts";
import { scene } from "./scenes.ts";

const said = saidIn["zh-CN"];

/** Whether a text was not found; a command alone is the same everywhere. */
function isEnglish(told: Text): boolean {
  const text = english(told);
  return (
    !/[\u4e00-\u9fff]/.test(said(told)) &&
    /[a-z]{3,} [a-z]{2,}/.test(text) &&
    !/^docker \w+\.$/.test(text)
  );
}

/** All that a run's pages say of it: of its plans and steps, at each of its moments, and afterwards. */
function sentencesOf({ plans: recorded, events }: Recording): Text[] {
  const plans = recorded.map(({ plan }) => plan);
  const names = hostNames(plans);
  const states: RunState[] = [];
  for (const event of events) states.push(applyEvent(states.at(-1) ?? null, event));
  const last = states.at(-1);
  if (!last) return [];
  return [
    ...recorded.flatMap(({ checks }) =>
      checks.flatMap((one) => [one.title, one.evidence, one.remedy ?? ""]),
    ),
    ...plans.flatMap(({ summary, steps }) => [
      ...summary,
      ...steps.flatMap((step) => [
        stepTitle(step, names),
        stepDoing(step, names),
        step.changes,
        step.undo ?? "",
        ...(isWork(step) ? Object.values(cancelWords(step.kind)).map(String) : []),
      ]),
    ]),
    ...plans.flatMap((plan) => hopSections(plan, plan.steps).map(({ title }) => title ?? "")),
    ...plans.flatMap((plan) =>
      states.flatMap((state) =>
        plan.leg === "forward" ? changedSoFar(plan, state) : restoredSoFar(plan, state),
      ),
    ),
    ...haChangesOf(plans, last).flatMap(({ title, arithmetic }) => [title, arithmetic ?? ""]),
    ...plans.flatMap((plan) => plannedHa(plan).flatMap((one) => [one.title, one.arithmetic ?? ""])),
    ...activityOf(events, last, plans).flatMap(({ text, detail }) => [text, detail ?? ""]),
  ];
}

for (const name of ["rolled-back", "failed", "gate", "console", "abandoned"] as const) {
  test(`what the core says of a run that is ${name} is said in Chinese`, async () => {
    for (const chain of [false, true]) {
      const { recording } = await scene(name, { nodes: 4, names: "short", chain });
      assert.deepEqual([...new Set(sentencesOf(recording).filter(isEnglish))], []);
    }
  });
}
