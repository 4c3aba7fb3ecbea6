import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { mutantTree } from "./chaos/mutant-tree.ts";
import { type Mutant, mutants } from "./chaos/mutants.ts";
import { chaosRun } from "./chaos/one-run.ts";
import { chaosScript, mutantScript } from "./chaos/script.ts";

/**
 * `npm run test:chaos -- --runs N --seed S`: N runs with the seeds S, S+1, ... Each prints its own, and
 * `--runs 1 --seed THAT` makes the same choices again. `--keep` keeps journal and logs of runs that passed, too
 * (.cache/chaos/SEED). Ends with 1 when something did not hold.
 *
 * `--mutant NAME` runs a product that is broken on purpose, `--mutant all` each of them: ends with 1 when one was
 * not caught by the invariant that is there for it.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    mutant: { type: "string" },
    // Read by the lab; OceanBase keeps no log of its statements, which the invariants look at.
    metadb: { type: "string" },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

if (values.mutant === undefined) await runSeeds(Number(values.runs), Number(values.seed));
else await runMutants(values.mutant);

async function runSeeds(runs: number, first: number): Promise<void> {
  if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(first) || first < 0) {
    return misused("--runs and --seed want whole numbers");
  }
  const failed: number[] = [];
  for (let number = 1; number <= runs; number++) {
    const seed = first + number - 1;
    const started = Date.now();
    say(`run ${number} of ${runs}, seed ${seed}`);
    const { keep } = values;
    const { violations, summary } = await chaosRun(chaosScript(seed), say, { keep });
    const verdict = violations.length === 0 ? "passed" : "FAILED";
    say(
      `run ${number} of ${runs}, seed ${seed}: ${verdict} in ${secondsSince(started)} s: ${summary}`,
    );
    for (const violation of violations) say(`  ${violation}`);
    if (violations.length > 0) failed.push(seed);
  }
  say(
    failed.length === 0
      ? `all ${runs} runs passed`
      : `${failed.length} of ${runs} runs failed: seeds ${failed.join(", ")}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function runMutants(name: string): Promise<void> {
  const chosen = Object.entries(mutants).filter(([one]) => name === "all" || name === one);
  if (chosen.length === 0)
    return misused(`no such mutant; there are ${Object.keys(mutants).join(", ")}`);
  for (const [one, mutant] of chosen) {
    const started = Date.now();
    const { caught, violations } = await runMutant(mutant);
    say(`mutant ${one}: ${caught ? "caught" : "ESCAPED"} in ${secondsSince(started)} s`);
    for (const violation of violations) say(`  ${violation.split("\n")[0]}`);
    if (!caught) process.exitCode = 1;
  }
}

async function runMutant(mutant: Mutant): Promise<{ caught: boolean; violations: string[] }> {
  say(mutant.what);
  const root = mutantTree(mutant);
  try {
    const { violations } = await chaosRun(mutantScript(mutant.diesAt), say, { root });
    return { caught: violations.some((one) => mutant.caughtBy.test(one)), violations };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function secondsSince(started: number): string {
  return ((Date.now() - started) / 1000).toFixed(0);
}

function misused(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
}
