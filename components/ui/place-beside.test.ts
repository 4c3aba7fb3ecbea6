import assert from "node:assert/strict";
import { test } from "node:test";
import { placeBeside } from "./place-beside.ts";

const window = { width: 400, height: 300 };
const box = { width: 100, height: 20 };
const at = (left: number, top: number) => ({ left, top, width: 30, height: 30 });

test("it stands in the middle of its side", () => {
  assert.deepEqual(placeBeside(at(200, 100), box, "top", window), { left: 165, top: 74 });
  assert.deepEqual(placeBeside(at(200, 100), box, "bottom", window), { left: 165, top: 136 });
  assert.deepEqual(placeBeside(at(200, 100), box, "right", window), { left: 236, top: 105 });
  assert.deepEqual(placeBeside(at(200, 100), box, "left", window), { left: 94, top: 105 });
});

test("where it does not fit it stands on the other side", () => {
  assert.equal(placeBeside(at(200, 10), box, "top", window).top, 46);
  assert.equal(placeBeside(at(200, 265), box, "bottom", window).top, 239);
  assert.equal(placeBeside(at(350, 100), box, "right", window).left, 244);
  assert.equal(placeBeside(at(20, 100), box, "left", window).left, 56);
});

test("it never leaves the window", () => {
  assert.equal(placeBeside(at(0, 100), box, "top", window).left, 8);
  assert.equal(placeBeside(at(370, 100), box, "bottom", window).left, 292);
  assert.equal(placeBeside(at(200, 0), box, "right", window).top, 8);
});
