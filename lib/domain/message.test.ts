import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOf } from "#lib/i18n/words-of.ts";
import { textOf, UpliftError } from "./errors.ts";
import {
  fromStored,
  inWords,
  isMessage,
  listed,
  message,
  sentences,
  Text,
  toStored,
  withSemicolons,
} from "./message.ts";

const english = wordsOf("en");
const chinese = wordsOf("zh-CN");

test("a message is rendered in the language of the reader, its parameters, too", () => {
  const nested = message("runbook.changes", { changes: message("runbook.atOnce", { steps: 2 }) });
  assert.equal(english(nested), "Changes: These 2 steps run in parallel:");
  assert.equal(chinese(nested), "改动：以下 2 个步骤并行执行：");
});

test("lists are joined as each language does", () => {
  assert.equal(english(listed(["a", "b", "c"])), "a, b, and c");
  assert.equal(chinese(listed(["a", "b", "c"])), "a、b和c");
  assert.equal(english(listed(["a"])), "a");
  assert.equal(english(withSemicolons(["a", "b"])), "a; b");
  assert.equal(chinese(message("runbook.onNode", { node: ["a", "b"] })), "在 a、b 上：");
  assert.equal(english(sentences("One.", null, "Two.")), "One. Two.");
  assert.equal(chinese(sentences("一。", "二。")), "一。二。");
});

test("what an earlier version wrote, or a later one, is shown as it is", () => {
  assert.equal(chinese("The dump is proven."), "The dump is proven.");
  assert.equal(english({ code: "gone.with", params: { n: 1 } }), 'gone.with {"n":1}');
  assert.deepEqual(Text.parse("The dump is proven."), "The dump is proven.");
});

test("a message stands in a schema, in a column and in an answer", () => {
  const one = message("runbook.onNode", { node: "hz-1" });
  assert.deepEqual(Text.parse(JSON.parse(JSON.stringify(one))), one);
  assert.deepEqual(fromStored(toStored(one)), one);
  assert.equal(fromStored('{"code": broken'), '{"code": broken');
  assert.ok(!isMessage({ code: "ssh.unreachable", message: "x" }));
  assert.deepEqual(inWords({ checks: [{ evidence: one, n: 1 }] }, english), {
    checks: [{ evidence: "On hz-1:", n: 1 }],
  });
});

test("an error carries its message", () => {
  const text = message("runbook.onNode", { node: "hz-1" });
  assert.deepEqual(textOf(new UpliftError("internal", text, { remedy: "" })), text);
  assert.equal(textOf(new Error("socket hang up")), "socket hang up");
});
