import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { anchorOf, headingsOf } from "#lib/help/render.ts";
import { checkPages } from "./check-pages.ts";
import { stepPages } from "./step-pages.ts";

test("what pages link to in the documentation is there", () => {
  const root = new URL("../../", import.meta.url);
  const targets = globSync("{app,components}/**/*.tsx", { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(new URL(file, root), "utf8").matchAll(/\b(?:help|to)="([a-z]+#[^"]+)"/g),
    ].flatMap(([, target]) => target ?? []),
  );
  assert.ok(targets.length > 10);
  for (const target of targets) assert.ok(isThere(target), target);
});

test("what explains a step or a check leads to a heading that is there", () => {
  for (const target of [...Object.values(stepPages), ...Object.values(checkPages)]) {
    assert.ok(isThere(target), target);
  }
});

function isThere(target: string): boolean {
  const [slug, anchor] = target.split("#");
  const file = new URL(`../../docs/${slug}.md`, import.meta.url);
  const headings = headingsOf(readFileSync(file, "utf8"));
  return headings.some(({ text }) => anchorOf(text) === anchor);
}
