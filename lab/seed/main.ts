import { parseArgs } from "node:util";
import { administrator, Product } from "#lab/product/product.ts";
import { seed } from "./seed.ts";

const usage = `Fills a data directory with deployments and years of runs, to see and measure the pages.

  node lab/seed/main.ts DIR [options]   an empty directory, or one that is not there yet

  --deployments N  (500)
  --runs N         of all deployments together, about (10000)
  --seed N         another number, another fleet (1)
  --serve          then starts a dashboard on it, whose engine is off
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    deployments: { type: "string", default: "500" },
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    serve: { type: "boolean", default: false },
  },
});
const [directory] = positionals;
if (directory === undefined) {
  process.stderr.write(usage);
  process.exit(2);
}

const begun = performance.now();
const seconds = () => Math.round((performance.now() - begun) / 1000);
const runs = await seed({
  directory,
  deployments: Number(values.deployments),
  runs: Number(values.runs),
  seed: Number(values.seed),
  now: Date.now(),
  say: (what) => process.stdout.write(`${what} after ${seconds()} s\n`),
});
process.stdout.write(`${runs} runs after ${seconds()} s\n`);
process.stdout.write(`Sign in as ${administrator.email} with "${administrator.password}".\n`);

if (values.serve) {
  const product = await Product.start({
    dataDir: directory,
    environment: { UPLIFT_ENGINE: "off" },
  });
  process.stdout.write(`${product.url}; Ctrl-C ends it.\n`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void product.stop());
}
