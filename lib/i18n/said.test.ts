import assert from "node:assert/strict";
import { test } from "node:test";
import { sayer } from "./said.ts";

const said = sayer([
  ["Stop {what} on {node}", "在 {node} 上停止 {what}"],
  ["Start {what} on {node}", "在 {node} 上启动 {what}"],
  ["Start {what} again on {node}", "在 {node} 上重新启动 {what}"],
  ["{n} nodes", "{n} 个节点"],
  ["Look at {count}.", "查看{count}。"],
  ["The backup is kept.", "备份保留。"],
  ["Failed: {step}. {message}", "失败：{step}。{message}"],
  ["{one} and {other}", "{one} 和 {other}"],
  ["Node {node} is listed in {table} and is not registered.", "{table} 中的节点 {node} 未登记。"],
]);

test("a text is said by the template that fits it best, and what stands in it as well", () => {
  const cases: [string, string][] = [
    ["Stop oms_330 on hz-1", "在 hz-1 上停止 oms_330"],
    ["Start oms_330 again on hz-1", "在 hz-1 上重新启动 oms_330"],
    ["Look at 4 nodes.", "查看4 个节点。"],
    ["The backup is kept. Look at 12 nodes.", "备份保留。查看12 个节点。"],
    ["hz-1 and hz-2", "hz-1 和 hz-2"],
    [
      "Node a is listed in x and is not registered. Node b is listed in y and is not registered.",
      "x 中的节点 a 未登记。y 中的节点 b 未登记。",
    ],
    [
      "Failed: Stop oms_330 on hz-1. No route to host",
      "失败：在 hz-1 上停止 oms_330。No route to host",
    ],
  ];
  for (const [text, expected] of cases) assert.equal(said(text), expected);
});

test("what fits no template stays as it is", () => {
  for (const text of ["", "some nodes", "The backup is kept. Nobody knows why.", "stop oms_330"]) {
    assert.equal(said(text), text);
  }
});
