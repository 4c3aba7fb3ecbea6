import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import compile from "icu-minify/compile";
import { core } from "../messages/en/core.ts";
import { en } from "../messages/en.ts";
import { zhCN } from "../messages/zh-CN.ts";
import { messageCalls } from "./message-calls.ts";
import { root, sourceFiles } from "./source-files.ts";

type Tree = { [key: string]: string | Tree };

/** `settings.methods.key` and its message. */
function flat(tree: Tree, above = ""): [key: string, message: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[above + key, value] as [string, string]]
      : flat(value, `${above}${key}.`),
  );
}

/** The names of a message's arguments and tags. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [name, ...rest] = part as [unknown, ...unknown[]];
    if (typeof name === "string" && !isText(part)) names.add(name);
    for (const each of rest) {
      if (Array.isArray(each)) walk(each);
      else if (each && typeof each === "object") for (const one of Object.values(each)) walks(one);
    }
  };
  /** A whole message, or the one part that it consists of. */
  const walks = (parts: unknown): void => {
    if (Array.isArray(parts)) for (const part of parts) walk(part);
  };
  /** Compiled text stands as a string beside arrays; an array that begins with one is an argument. */
  const isText = (part: readonly unknown[]) => part.length === 0;
  walks(compile(message));
  return [...names].sort();
}

/** Whether an argument only chooses between forms and is not shown itself. */
function chooses(name: string, message: string): boolean {
  return (
    message.includes(`{${name}, plural,`) &&
    !message.includes(`{${name}}`) &&
    !message.includes("#")
  );
}

const english = new Map(flat(en));
const chinese = new Map(flat(zhCN));

/** What the two languages write alike: names, patterns of arguments alone. */
const alike = (message: string) =>
  !/\p{L}{2}/u.test(message.replace(/\{[^}]*\}|<[^>]*>/g, "")) || same.has(message);
const same = new Set([
  "T1",
  "T2",
  "T3",
  "zstd",
  "gzip",
  "location {location}",
  "VIP <span>{cmUrl}</span>",
  "Uplift",
]);

test("both catalogues have the same keys with the same arguments", () => {
  assert.deepEqual([...chinese.keys()].sort(), [...english.keys()].sort());
  for (const [key, message] of english) {
    const used = argumentsOf(chinese.get(key) ?? "");
    // Chinese has no plural: what only chooses one may be left out.
    const needed = argumentsOf(message).filter(
      (name) => used.includes(name) || !chooses(name, message),
    );
    assert.deepEqual(used, needed, key);
  }
});

test("every message is translated, and no Chinese one has half-width punctuation beside Chinese", () => {
  for (const [key, message] of chinese) {
    assert.ok(message !== english.get(key) || alike(message), `${key} is the same: ${message}`);
    assert.doesNotMatch(message, /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/, key);
  }
});

const calls = sourceFiles("app", "components", "lib").flatMap(messageCalls);

test("every call names a message and gives it its arguments", () => {
  assert.ok(calls.length > 1_000, `only ${calls.length} calls were found`);
  for (const { place, namespace, keys, given } of calls) {
    assert.ok(keys.length > 0, `${place}: the key cannot be read`);
    for (const key of keys) {
      const messages = fitting(`${namespace}.${key}`);
      assert.ok(messages.length > 0, `${place}: ${namespace}.${key} is not in the catalogue`);
      if (given === null) continue;
      const wanted = new Set(messages.flatMap((one) => argumentsOf(english.get(one) ?? "")));
      assert.deepEqual(given.toSorted(), [...wanted].sort(), `${place}: ${namespace}.${key}`);
    }
  }
});

/** What the core says it names by its whole code. */
const named = new Set(
  globSync("lib/**/*.ts", { cwd: root, exclude: ["lib/i18n/**", "lib/store/generated/**"] })
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap(
      (path) => readFileSync(root + path, "utf8").match(/(?<=["`])[a-z]\w*\.\w+(?=["`])/g) ?? [],
    )
    .concat(Object.keys(core.text).map((key) => `text.${key}`)),
);

test("no message is there that nothing says", () => {
  const said = new Set(
    calls.flatMap(({ namespace, keys }) => keys.flatMap((key) => fitting(`${namespace}.${key}`))),
  );
  const unsaid = [...english.keys()].filter(
    (key) => !key.startsWith("said.") && !said.has(key) && !named.has(key),
  );
  assert.deepEqual(unsaid, []);
});

/** The keys that a key means, which may be computed: `words.states.`, `words.gates.*.where`. */
function fitting(key: string): string[] {
  if (english.has(key)) return [key];
  const [head = "", tail] = key.split("*");
  if (tail === undefined && !key.endsWith(".")) return [];
  return [...english.keys()].filter(
    (one) => one.startsWith(head) && one.endsWith(tail ?? "") && one.length > head.length,
  );
}
