import { parseArgs } from "node:util";
import { chaosRun } from "./chaos/one-run.ts";

/**
 * `npm run test:chaos -- --runs N --seed S`: N runs with the seeds S, S+1, ... Each prints its own, and
 * `--runs 1 --seed THAT` makes the same choices again. `--keep` keeps journal and logs of runs that passed, too (.cache/chaos/SEED). Ends with 1 when something did not hold.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
  },
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(first) || first < 0) {
  process.stderr.write("--runs and --seed want whole numbers\n");
  process.exit(2);
}

const failed: number[] = [];
for (let number = 1; number <= runs; number++) {
  const seed = first + number - 1;
  const started = Date.now();
  process.stdout.write(`run ${number} of ${runs}, seed ${seed}\n`);
  const { violations, summary } = await chaosRun(
    seed,
    (line) => process.stdout.write(`${line}\n`),
    { keep: values.keep },
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const verdict = violations.length === 0 ? "passed" : "FAILED";
  process.stdout.write(
    `run ${number} of ${runs}, seed ${seed}: ${verdict} in ${seconds} s: ${summary}\n`,
  );
  for (const violation of violations) process.stdout.write(`  ${violation}\n`);
  if (violations.length > 0) failed.push(seed);
}
process.stdout.write(
  failed.length === 0
    ? `all ${runs} runs passed\n`
    : `${failed.length} of ${runs} runs failed: seeds ${failed.join(", ")}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
