import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `npm run test:unit`: the tests that need no host but this one. Arguments go to the test runner. */
const root = join(import.meta.dirname, "..");
const files = globSync(
  ["{lib,components}/**/*.test.ts", "lab/{player,seed,metadb-matrix}/*.test.ts"],
  {
    cwd: root,
  },
).sort();

/** What a file that shares its process with others must not do, and what would make them wait for it. */
const needsItsOwn =
  /\b(before|after)(Each)?\(|\bmock\.|globalThis|temporaryStore|process\.(env|chdir|on)\b|node:(child_process|net|timers)|setTimeout/;

const { own = [], shared = [] } = Object.groupBy(files, (file) =>
  needsItsOwn.test(readFileSync(join(root, file), "utf8")) ? "own" : "shared",
);

/** @returns whether they passed */
function run(tests: readonly string[], flags: readonly string[]): boolean {
  const words = [
    "--import",
    "./lib/i18n/english.ts",
    "--test",
    ...flags,
    ...process.argv.slice(2),
    ...tests,
  ];
  const { status } = spawnSync(process.execPath, words, {
    cwd: root,
    stdio: "inherit",
    // All import the same hundreds of modules.
    env: { NODE_COMPILE_CACHE: join(root, ".cache/node"), ...process.env },
  });
  return status === 0;
}

const passed = [
  run(shared, ["--test-isolation=none"]),
  // They wait for other processes and for deadlines most of the time.
  run(own, ["--test-concurrency=4"]),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
