import { spawn } from "node:child_process";
import { globSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, delimiter, join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm test`: all that fits into ten minutes on two processors. `npm run test:all`: every lab test, the dashboard's
 * death at every point, more chaos and every browser test, which takes an hour.
 */
const { values } = parseArgs({ options: { all: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");
const logs = join(root, ".cache/test");
/** No suite takes so long, also on a machine that is busy with other things. */
const withinMs = (values.all ? 120 : 30) * 60_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Suite {
  name: string;
  argv: readonly string[];
}

/** What is known to take longest comes first, so that no processor is idle at the end. */
const shortLabTests = [
  ...["gates", "locks", "upgrade", "left-out", "preflight", "guided-ha"],
  ...["lab", "trouble-checks", "recheck", "discovery", "init-overrule"],
];
const everyLabTest = globSync("lab/tests/*.test.ts", { cwd: root })
  .map((file) => basename(file, ".test.ts"))
  .filter((name) => !shortLabTests.includes(name));

const labTest = (name: string): Suite => ({
  name: `lab: ${name}`,
  argv: ["node", "--test", "--test-isolation=none", `lab/tests/${name}.test.ts`],
});
const chaosRun = (seed: number): Suite => ({
  name: `chaos: seed ${seed}`,
  argv: ["node", "lab/chaos.ts", "--runs", "1", "--seed", String(seed)],
});

const failed: string[] = [];
const started = Date.now();
mkdirSync(logs, { recursive: true });

// A browser drops its connections whenever a network comes or goes on the machine, so no lab may start beside it.
await inPool(2, [
  {
    name: "browser",
    argv: ["playwright", "test", ...(values.all ? [] : ["upgrade-and-rollback"])],
  },
  { name: "check", argv: ["sh", "lab/check.sh"] },
  { name: "unit", argv: ["npm", "run", "--silent", "test:unit"] },
]);
// Labs wait for their hosts half of the time.
await inPool(Math.min(availableParallelism() + 1, 4), [
  ...(values.all ? everyLabTest : []).map(labTest),
  ...shortLabTests.slice(0, 4).map(labTest),
  ...Array.from({ length: values.all ? 10 : 3 }, (_, index) => chaosRun(index + 1)),
  ...shortLabTests.slice(4).map(labTest),
]);

say(`== ${failed.length === 0 ? "all passed" : `FAILED: ${failed.join(", ")}`}, ${since(started)}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs suites, some at a time; one that fails stops no other. */
async function inPool(atOnce: number, suites: readonly Suite[]): Promise<void> {
  const left = [...suites];
  const worker = async () => {
    for (let suite = left.shift(); suite; suite = left.shift()) await run(suite);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Runs one suite, and shows what it has written when it is over. */
async function run({ name, argv }: Suite): Promise<void> {
  const log = join(logs, `${name.replaceAll(/\W+/g, "-")}.log`);
  const from = Date.now();
  say(`== ${name}: begins, ${log}`);
  const code = await codeOf(argv, openSync(log, "w"));
  say(readFileSync(log, "utf8").trimEnd());
  say(`== ${name}: ${code === 0 ? "passed" : `FAILED (${code})`} in ${since(from)}`);
  if (code !== 0) failed.push(name);
}

function codeOf([program = "", ...args]: readonly string[], output: number): Promise<number> {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", output, output],
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH ?? ""}`,
      // Hundreds of processes compile the same modules.
      NODE_COMPILE_CACHE: join(root, ".cache/node"),
    },
  });
  // A test that has failed may have left something open, which keeps its process alive.
  const deadline = setTimeout(() => child.kill(), withinMs);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(deadline);
      resolve(code ?? 1);
    });
  });
}

function since(from: number): string {
  return `${((Date.now() - from) / 1000).toFixed(0)} s`;
}
