import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlainLine } from "#lib/domain/run-log/terminal-text.ts";
import { findPattern } from "./log-filter.ts";
import { drawnChars, partsOf } from "./log-parts.ts";

const line = (text: string, coloured: PlainLine["coloured"] = null): PlainLine => ({
  text,
  coloured,
});
/** Hits in brackets, colours as a letter before. */
const drawn = (of: PlainLine, find: string) =>
  partsOf(of, findPattern(find)).parts.map(
    ({ text, hit, colour, bold }) =>
      `${colour?.[0] ?? ""}${bold ? "!" : ""}${hit ? `[${text}]` : text}`,
  );

test("hits are cut out as they are written, case aside", () => {
  assert.deepEqual(drawn(line("Drop, drop"), "drop"), ["[Drop]", ", ", "[drop]"]);
  assert.deepEqual(drawn(line("abc"), "z"), ["abc"]);
  assert.deepEqual(drawn(line("abc"), " "), ["abc"]);
  assert.deepEqual(drawn(line("a.c"), "."), ["a", "[.]", "c"]);
  assert.deepEqual(drawn(line("\\d+ (x) [y]"), "+ (x) ["), ["\\d", "[+ (x) []", "y]"]);
  assert.deepEqual(drawn(line("\u0130x x"), "x"), ["\u0130", "[x]", " ", "[x]"]);
  assert.deepEqual(drawn(line(""), "x"), []);
});

test("colours and hits may overlap", () => {
  const red = { from: 2, to: 6, colour: "red", bold: false } as const;
  const bold = { from: 6, to: 8, colour: null, bold: true } as const;
  assert.deepEqual(drawn(line("a red big b", [red, bold]), "d b"), [
    "a ",
    "rre",
    "r[d ]",
    "![b]",
    "!i",
    "g b",
  ]);
});

test("of a line that no screen can hold only the beginning is drawn", () => {
  const red = { from: drawnChars - 1, to: drawnChars + 9, colour: "red", bold: false } as const;
  const { parts, leftOut } = partsOf(line("x".repeat(1_000_000), [red]), null);
  assert.equal(leftOut, 1_000_000 - drawnChars);
  assert.deepEqual(
    parts.map(({ text, colour }) => [text.length, colour]),
    [
      [drawnChars - 1, null],
      [1, "red"],
    ],
  );
});
