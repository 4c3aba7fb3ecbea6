import assert from "node:assert/strict";
import { test } from "node:test";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import type { ActiveRun } from "#lib/operations/active-runs.ts";
import { runNews, tabMark } from "./tab-mark.ts";

const words = translatorFor("words");

const run = (id: string, more: Partial<ActiveRun> = {}): ActiveRun =>
  ({ id, deployment: `OMS ${id}`, status: "running", leg: "forward", ...more }) as ActiveRun;

test("the tab says what needs a person before what goes on by itself", () => {
  assert.deepEqual(tabMark([], words), { icon: "icon.svg", words: null });
  assert.equal(tabMark([run("a")], words).words, "Upgrading OMS a");
  assert.equal(tabMark([run("a", { leg: "rollback" })], words).words, "Rolling back OMS a");
  assert.deepEqual(tabMark([run("a"), run("b", { status: "paused" })], words), {
    icon: "icon-waiting.svg",
    words: "Waits: OMS b",
  });
});

test("news is a run that begins to wait or is over, once", () => {
  const waiting = run("a", { status: "paused" });
  const titles = (before: ActiveRun[], after: ActiveRun[]) =>
    runNews(before, after, words).map(({ title }) => title);
  assert.deepEqual(titles([run("a")], [waiting]), ["OMS a waits for you"]);
  assert.deepEqual(titles([waiting], [waiting]), []);
  assert.deepEqual(titles([waiting], [run("a")]), []);
  assert.deepEqual(titles([run("a")], []), ["The run of OMS a has ended"]);
  // Opening the page while a run waits already tells nothing new: the page shows it.
  assert.deepEqual(titles([], [waiting]), []);
});
