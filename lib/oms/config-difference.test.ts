import assert from "node:assert/strict";
import { test } from "node:test";
import { configDifferences } from "./config-difference.ts";
import { parseOmsConfig } from "./config-yaml.ts";

const base = `oms_meta_host: 10.0.0.1
oms_meta_port: 2883
oms_meta_user: root@oms#obcluster
oms_meta_password: first-secret
drc_rm_db: oms_rm
drc_cm_db: oms_cm
drc_cm_heartbeat_db: oms_hb
cm_url: http://10.0.0.9:8088
cm_location: 1
cm_region: cn-hangzhou
cm_is_default: true
cm_nodes: [10.0.0.11, 10.0.0.12]
`;
const read = (name: string, source: string) => {
  const { entries } = parseOmsConfig(source, { host: name, path: "/data/config.yaml" });
  return { name, entries };
};

test("names the keys that differ, with who says what, the most frequent first", () => {
  const other = `${base.replace("10.0.0.9", "10.0.0.8")}tsdb: {enabled: true}\n`;
  assert.deepEqual(configDifferences([read("a", other), read("b", base), read("c", base)]), [
    {
      key: "cm_url",
      secret: false,
      values: [
        { text: "http://10.0.0.9:8088", absent: false, nodes: ["b", "c"] },
        { text: "http://10.0.0.8:8088", absent: false, nodes: ["a"] },
      ],
    },
    {
      key: "tsdb.enabled",
      secret: false,
      values: [
        { text: null, absent: true, nodes: ["b", "c"] },
        { text: "true", absent: false, nodes: ["a"] },
      ],
    },
  ]);
  assert.deepEqual(
    configDifferences([read("a", base), read("b", base.replace("1\n", "1 # x\n"))]),
    [],
  );
});

test("secrets are told apart and never shown, whatever key they stand in", () => {
  const hidden: [string, string][] = [
    [base, base.replace("first-secret", "second-secret")],
    [`${base}drc_password: first-secret\n`, `${base}drc_password: second-secret\n`],
    [`${base}jdbc: mysql://u:first-secret@h/\n`, `${base}jdbc: mysql://u:second-secret@h/\n`],
    [`${base}x: {token: first-secret}\n`, `${base}x: {token: second-secret}\n`],
    [`${base}x: {passwords: {a: first-secret}}\n`, `${base}x: {passwords: {a: second-secret}}\n`],
    [
      `${base}l: [{name: a, secret: first-secret}]\n`,
      `${base}l: [{name: a, secret: second-secret}]\n`,
    ],
    [`${base}note: it is first-secret\n`, base],
  ];
  for (const [one, two] of hidden) {
    const files = [read("a", one), read("b", two)];
    const found = configDifferences(files);
    assert.equal(found.length, 1, two);
    assert.equal(found[0]?.secret, true);
    assert.ok(found[0]?.values.every(({ text }) => text === null));
    assert.doesNotMatch(JSON.stringify(files), /first-secret|second-secret/);
  }
});

test("a long value is cut, and differs still when its end does; so do keys beyond the first hundreds", () => {
  const long = (end: string) => `${base}note: ${"x".repeat(3_000)}${end}\n`;
  const [cut] = configDifferences([read("a", long("1")), read("b", long("2"))]);
  assert.equal(cut?.key, "note");
  assert.ok(cut?.values.every(({ text }) => (text?.length ?? 0) < 300));
  const many = (last: string) =>
    base + Array.from({ length: 500 }, (_, n) => `z${n}: ${n === 499 ? last : n}\n`).join("");
  assert.deepEqual(
    configDifferences([read("a", many("1")), read("b", many("2"))]).map(({ key }) => key),
    ["… further keys"],
  );
});
