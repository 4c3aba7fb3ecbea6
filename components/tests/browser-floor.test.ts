import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a module imports of the product's own, not for its types alone; actions stay on the server. */
function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(javaScriptOf(path), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const file = fileName.startsWith("#")
      ? fileName === "#i18n"
        ? "lib/i18n/client.ts"
        : fileName.slice(1)
      : normalize(join(dirname(path), fileName));
    return /\.tsx?$/.test(file) && !/^lib\/actions\//.test(file) ? [file] : [];
  });
}

const known = new Map<string, string>();

/** Without types, otherwise as it stands. */
function javaScriptOf(path: string): string {
  const before = known.get(path);
  if (before !== undefined) return before;
  const { outputText } = ts.transpileModule(readFileSync(root + path, "utf8"), {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.ReactJSX,
    },
    fileName: path,
  });
  known.set(path, outputText);
  return outputText;
}

/** Every module that a browser gets: those that say so, and all that they import. */
function modulesOfBrowsers(): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path) || !existsSync(root + path)) return;
    seen.add(path);
    for (const next of importsOf(path)) visit(next);
  };
  for (const path of globSync("{app,components}/**/*.tsx", { cwd: root }))
    if (/^"use client";/.test(readFileSync(root + path, "utf8"))) visit(path);
  return seen;
}

/** What the browsers of package.json do not all have, by module. */
function tooNew(sources: Record<string, string>): string[] {
  const directory = mkdtempSync(join(tmpdir(), "uplift-browsers-"));
  try {
    for (const [name, text] of Object.entries(sources))
      writeFileSync(join(directory, `${name.replaceAll("/", "+")}.js`), text);
    const { status, stdout, error } = spawnSync(
      "node_modules/.bin/es-check",
      ["checkBrowser", `${directory}/*.js`, "--checkFeatures", "--module", "--noCache"],
      { cwd: root, encoding: "utf8" },
    );
    const lines = stdout.matchAll(/erroring file: (\S+)\n.*?features detected: ([^(]*)/g);
    const found = [...lines].map(([, file, what]) => `${file?.split("/").at(-1)}: ${what?.trim()}`);
    // Whatever else it complains about is no answer.
    assert.equal(status, found.length > 0 ? 1 : 0, error?.message ?? stdout.slice(0, 1_000));
    return found;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("browsers get nothing that the oldest of package.json does not know", () => {
  const modules = [...modulesOfBrowsers()];
  assert.ok(modules.length > 150, `only ${modules.length} modules were found`);
  assert.ok(modules.includes("lib/domain/apply-event.ts"));
  assert.deepEqual(
    tooNew(Object.fromEntries(modules.map((path) => [path, javaScriptOf(path)]))),
    [],
  );
});

test("what is too new is found", () => {
  const found = tooNew({
    "a.ts": 'RegExp.escape("a")',
    "b.ts": "Map.groupBy([], String)",
    "c.ts": "Promise.withResolvers()",
    "d.ts": "const { at } = [].map(({ a }) => a?.b ?? 1).at(-1);",
  });
  assert.deepEqual(found, [
    "a.ts.js: RegExpEscape",
    "b.ts.js: MapGroupBy",
    "c.ts.js: PromiseWithResolvers",
  ]);
});
