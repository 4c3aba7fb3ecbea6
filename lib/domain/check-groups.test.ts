import assert from "node:assert/strict";
import { test } from "node:test";
import { groupChecks, scopeWords } from "./check-groups.ts";
import type { Check } from "./facts.ts";

const check = (scope: string, evidence: string, more: Partial<Check> = {}): Check => ({
  ...{ id: `disk.${scope}`, title: "Disk", result: "warning", remedy: null },
  ...{ scope, evidence },
  ...more,
});

test("the same text on eight nodes stands once, with the nodes", () => {
  const hosts = Array.from({ length: 8 }, (_, n) => `hz-${n + 1}`);
  const remedy = (host: string) => `Make room on ${host}.`;
  const groups = groupChecks(
    hosts.map((host) => check(host, `20 MiB free in /data on ${host}.`, { remedy: remedy(host) })),
  );
  assert.deepEqual(groups, [
    {
      ...{ id: "disk.hz-1 hz-1", title: "Disk", result: "warning", scopes: hosts },
      evidence: "20 MiB free in /data on each of them.",
      remedy: "Make room on each of them.",
    },
  ]);
});

test("what differs in anything but the host's own name stays apart, in the order of the first", () => {
  const apart: [Check, Check][] = [
    [check("a", "10 MiB free"), check("b", "20 MiB free")],
    [check("a", "10 MiB"), check("b", "10 MiB", { result: "fail" })],
    [check("a", "10 MiB"), check("b", "10 MiB", { title: "Logs" })],
    [check("a", "x", { remedy: "do this" }), check("b", "x", { remedy: "do that" })],
    // Another host's name is not this one's, nor is a piece of a word.
    [check("hz-1", "hz-1 is down"), check("hz-2", "hz-1 is down")],
    [check("hz-1", "hz-10 is down"), check("hz-2", "hz-20 is not down")],
    [check("hz-1", "log of hz-1.example.org"), check("hz-2", "log of hz-2.example.net")],
  ];
  for (const pair of apart) assert.equal(groupChecks(pair).length, 2, JSON.stringify(pair));
  const order = [check("a", "1"), check("b", "2"), check("c", "1")];
  assert.deepEqual(
    groupChecks(order).map(({ scopes }) => scopes),
    [["a", "c"], ["b"]],
  );
});

test("one host alone keeps its words, and many are cut to the first", () => {
  assert.equal(groupChecks([check("hz-1", "full on hz-1")])[0]?.evidence, "full on hz-1");
  assert.equal(scopeWords(["a", "b"]), "a, b");
  const many = Array.from({ length: 200 }, (_, n) => `n${n}`);
  assert.match(scopeWords(many), /^n0, .*n9 and 190 more$/);
});
