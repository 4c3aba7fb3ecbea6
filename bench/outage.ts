import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Lab, startLab } from "#lab/lab.ts";
import { toolsFor, usualMetadb } from "#lab/metadb/kind.ts";
import { deploymentDocument, startUpgrade, waitForRun } from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import { runPlainScript } from "./plain-script.ts";
import { watchOutage } from "./watch-outage.ts";

/**
 * The outage of an upgrade by Uplift against the one by a plain parallel shell script, on fresh labs
 * of four hosts, in turn: `npm run bench [-- --times 3] [--write]`. Ends with 1 when a limit is missed. The script
 * rehearses no restore, so what is held against it is Uplift without rehearsals; with them is told beside it.
 */
const { values } = parseArgs({
  options: {
    times: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
    metadb: { type: "string" }, // Read by the lab.
  },
});
const times = Number(values.times);
/** Limits of the project's figures: labs and readiness in seconds, memory in MiB. */
const limits = { ratio: 1.5, labSeconds: 30, rssMiB: 300 };

interface Sample {
  labSeconds: number;
  /** First host down until HA on again, seen from outside, seconds. */
  outage: number;
}
interface ProductSample extends Sample {
  readySeconds: number;
  /** T1 to T2 as the product says, seconds. */
  told: number;
  rssMiB: number;
  /** Seconds each phase of the outage took, from its first step's start to its last one's end. */
  phases: Record<string, number>;
}

const script: Sample[] = [];
const product: ProductSample[] = [];
const rehearsed: ProductSample[] = [];
for (let round = 1; round <= times; round++) {
  script.push(
    await onFreshLab(async (lab) => ({ outage: await seen(lab, () => runPlainScript(lab)) })),
  );
  product.push(await onFreshLab((lab) => upgradeByProduct(lab, { rehearse: false })));
  rehearsed.push(await onFreshLab((lab) => upgradeByProduct(lab, { rehearse: true })));
  const [plain, own, all] = [script, product, rehearsed].map((list) =>
    (list.at(-1)?.outage ?? 0).toFixed(2),
  );
  process.stderr.write(
    `round ${round}: script ${plain} s, Uplift ${own} s, with rehearsals ${all} s\n`,
  );
}

const toScript = (samples: readonly Sample[]) =>
  median(samples.map(({ outage }) => outage)) / median(script.map(({ outage }) => outage));
const ratio = toScript(product);
const lab = median([...script, ...product, ...rehearsed].map(({ labSeconds }) => labSeconds));
const rss = Math.max(...[...product, ...rehearsed].map(({ rssMiB }) => rssMiB));
const text = report();
process.stdout.write(text);
if (values.write) write(text);
const missed = [
  ratio > limits.ratio && `the ratio ${ratio.toFixed(2)} is above ${limits.ratio}`,
  lab > limits.labSeconds && `the lab took ${lab.toFixed(1)} s`,
  rss > limits.rssMiB && `the server took ${rss.toFixed(0)} MiB`,
].filter((one) => one !== false);
for (const one of missed) process.stderr.write(`bench: ${one}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

/** Into the document; other figures stand behind this text, under headings of their own. */
function write(text: string): void {
  const file = new URL("../docs/benchmarks.md", import.meta.url);
  const others = readFileSync(file, "utf8")
    .split(/^(?=## )/m)
    .slice(1);
  writeFileSync(file, [`${text.trimEnd()}\n`, ...others].join("\n"));
}

async function onFreshLab<T extends object>(
  work: (lab: Lab) => Promise<T>,
): Promise<T & { labSeconds: number }> {
  const from = performance.now();
  const lab = await startLab({
    seed: "full",
    initSeconds: 2,
    loadNewImage: true,
    hostTools: toolsFor(usualMetadb()),
  });
  const labSeconds = (performance.now() - from) / 1000;
  try {
    return { ...(await work(lab)), labSeconds };
  } finally {
    await lab.stop();
  }
}

/** The outage in seconds while the work is done. */
async function seen(lab: Lab, work: () => Promise<void>): Promise<number> {
  const over = new AbortController();
  const watching = watchOutage(lab, over.signal);
  // Until it is awaited, its failure is nobody's.
  watching.catch(() => undefined);
  await work().catch((error: unknown) => {
    over.abort(error);
    throw error;
  });
  const outage = await watching;
  return (outage.up - outage.down) / 1000;
}

async function upgradeByProduct(
  lab: Lab,
  { rehearse }: { rehearse: boolean },
): Promise<Omit<ProductSample, "labSeconds">> {
  const from = performance.now();
  const server = await Product.start();
  const readySeconds = (performance.now() - from) / 1000;
  try {
    const { id } = await server.ask<{ id: string }>("POST", "/deployments", {
      ...(await deploymentDocument(server, lab, { user: "root", method: "key" })),
      ...(!rehearse && { settings: { rehearseBelowMiB: 0 } }),
    });
    let told = 0;
    const phases: Record<string, number> = {};
    const outage = await seen(lab, async () => {
      const runId = await startUpgrade(server, lab, id);
      const { state, plans } = await waitForRun(server, runId, ["succeeded"]);
      const { T1, T2 } = state.marks;
      told = (Date.parse(T2?.time ?? "") - Date.parse(T1?.time ?? "")) / 1000;
      const spans = new Map<string, [number, number]>();
      for (const step of plans[0]?.steps ?? []) {
        const { startedAt, endedAt } = state.steps[step.id] ?? {};
        if (!startedAt || !endedAt) continue;
        const [start, end] = [Date.parse(startedAt), Date.parse(endedAt)];
        const [first, last] = spans.get(step.phase) ?? [start, end];
        spans.set(step.phase, [Math.min(first, start), Math.max(last, end)]);
      }
      for (const [phase, [start, end]] of spans) phases[phase] = (end - start) / 1000;
    });
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    const rssMiB = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
    return { readySeconds, outage, told, rssMiB, phases };
  } finally {
    await server.stop();
  }
}

function report(): string {
  const seconds = (list: readonly number[]) => list.map((one) => one.toFixed(2)).join(", ");
  const row = (what: string, list: readonly number[]) =>
    `| ${what} | ${median(list).toFixed(2)} | ${seconds(list)} |\n`;
  const phases = Object.keys(rehearsed[0]?.phases ?? {});
  return `# Benchmarks

Four hosts in two regions, \`docker_init.sh\` 2 s, 200,000 heartbeats per region; fresh labs, the plain
parallel script (\`bench/plain-upgrade.sh\`) and Uplift in turn, ${times} times each. The outage is seen from
outside in the same way for all: from the first host that no longer answers until HA is on again. All hosts share two
processors here, so every process that a step needs is paid for by the outage.
Made by \`npm run bench -- --write\`.

| seconds | median | all |
|---|---|---|
${row(
  "outage, plain script",
  script.map(({ outage }) => outage),
)}${row(
  "outage, Uplift",
  product.map(({ outage }) => outage),
)}${row(
  "outage, Uplift with rehearsals",
  rehearsed.map(({ outage }) => outage),
)}${row(
  "T1 to T2 as Uplift says",
  product.map(({ told }) => told),
)}${row(
  "lab of four hosts up",
  [...script, ...product, ...rehearsed].map(({ labSeconds }) => labSeconds),
)}${row(
  "Uplift ready from nothing",
  product.map(({ readySeconds }) => readySeconds),
)}
| figure | measured | limit |
|---|---|---|
| outage, Uplift to plain script | ${ratio.toFixed(2)} | ${limits.ratio} |
| the same with every restore rehearsed, which the script does not do | ${toScript(rehearsed).toFixed(2)} | |
| lab up (median), s | ${lab.toFixed(1)} | ${limits.labSeconds} |
| server's memory after an upgrade (highest), MiB | ${rss.toFixed(0)} | ${limits.rssMiB} |

Where Uplift's time goes, seconds by phase without and with rehearsals (median; phases overlap):

| | ${phases.join(" | ")} |
|---|${phases.map(() => "---").join("|")}|
${phaseRow("without", product, phases)}${phaseRow("with", rehearsed, phases)}`;
}

function phaseRow(
  name: string,
  samples: readonly ProductSample[],
  phases: readonly string[],
): string {
  const times = phases.map((phase) => median(samples.map((one) => one.phases[phase] ?? 0)));
  return `| ${name} | ${times.map((one) => one.toFixed(2)).join(" | ")} |\n`;
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
