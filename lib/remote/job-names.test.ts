import assert from "node:assert/strict";
import { test } from "node:test";
import { pathComponent, placeOf } from "./job-names.ts";

test("keeps plain names readable", () => {
  assert.deepEqual(placeOf("/jobs", { run: "run_42", step: "dump-rm", attempt: 2 }), {
    jobsDirectory: "/jobs",
    run: "run_42",
    job: "dump-rm.2",
  });
});

test("gives different names for different texts, none of them dangerous", () => {
  const long = "x".repeat(300);
  const texts = ["", "%", "%%", ".", "..", "a/b", "a%2Fb", "a.b", "a.1", "a", "A", "-rf", "rf"];
  texts.push(" ", "\n", "é", "e\u0301", "~", "*", long, `${long}y`, "x".repeat(200));
  const names = texts.map(pathComponent);
  assert.equal(new Set(names).size, texts.length);
  for (const name of names) assert.match(name, /^[A-Za-z0-9_%][A-Za-z0-9_%-]{0,199}$/);
});

test("separates step and attempt", () => {
  const one = placeOf("/jobs", { run: "r", step: "a.1", attempt: 2 });
  const two = placeOf("/jobs", { run: "r", step: "a", attempt: 12 });
  assert.notEqual(one.job, two.job);
  assert.throws(() => placeOf("/jobs", { run: "r", step: "a", attempt: 1.5 }), RangeError);
});

test("refuses text that has no UTF-8 form", () => {
  assert.throws(() => pathComponent("\ud800"), RangeError);
});
