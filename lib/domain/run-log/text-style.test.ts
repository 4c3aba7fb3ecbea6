import assert from "node:assert/strict";
import { test } from "node:test";
import { plainStyle, styleAfter } from "./text-style.ts";

test("colours and weight by their numbers", () => {
  const after = (...parameters: string[]) => {
    const { colour, bold } = parameters.reduce(styleAfter, plainStyle);
    return bold ? `bold ${colour}` : colour;
  };
  assert.equal(after("31"), "red");
  assert.equal(after("1;32"), "bold green");
  assert.equal(after("1;32", "22"), "green");
  assert.equal(after("1;32", "39"), "bold null");
  assert.equal(after("1;32", "0"), null);
  assert.equal(after("1;32", ""), null);
  assert.equal(after("90"), "grey");
  assert.equal(after("96"), "cyan");
  // Black and white would vanish in one of the themes.
  assert.equal(after("31", "37"), null);
  assert.equal(after("31", "97"), null);
  assert.equal(after("38;5;9"), "red");
  assert.equal(after("38;5;8"), "grey");
  assert.equal(after("31", "38;5;200"), null);
  // The parameters of a colour are not styles of their own.
  assert.equal(after("38;2;1;31;1"), null);
  assert.equal(after("33;48;5;1"), "yellow");
  assert.equal(after("33;44"), "yellow");
  assert.equal(after("33;nonsense"), "yellow");
});

test("what is plain again is the very same value", () => {
  assert.equal(styleAfter({ colour: "red", bold: true }, "0"), plainStyle);
});
