import { readFileSync, writeFileSync } from "node:fs";

/** What the long log cost: milliseconds and MiB. */
export interface LongLogFigures {
  /** From a reload until the page has all lines. */
  caughtUpMs: number;
  /** The longest task of the page while the log streams in, and while it is read from the start. */
  streamingTask: number;
  readingTask: number;
  heapMib: number;
  serverBefore: number;
  serverHighest: number;
}

const heading = "## The long log";
const file = new URL("../docs/benchmarks.md", import.meta.url);

/** Prints the figures; `UPLIFT_WRITE_FIGURES=1` writes them into docs/benchmarks.md. */
export function writeFigures(figures: LongLogFigures): void {
  const text = section(figures);
  process.stdout.write(`${text}\n`);
  if (process.env.UPLIFT_WRITE_FIGURES !== "1") return;
  const [others] = readFileSync(file, "utf8").split(`\n${heading}`);
  writeFileSync(file, `${(others ?? "").trimEnd()}\n\n${text}`);
}

function section(figures: LongLogFigures): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const task = (ms: number) => (ms === 0 ? "under 50 ms" : `${Math.round(ms)} ms`);
  const mib = (size: number) => `${Math.round(size)} MiB`;
  return `${heading}

200,000 lines (18 MB), written while a page is reloaded ten times and its connection is cut twice; Chromium, the
product and the writer share one machine. A second browser takes nothing in all the while.
Made by \`UPLIFT_WRITE_FIGURES=1 npx playwright test long-log\`.

| figure | measured |
|---|---|
| from a reload until all lines are on the page | ${seconds(figures.caughtUpMs)} |
| longest task of the page while the log streams in | ${task(figures.streamingTask)} |
| longest task while it is read from the start | ${task(figures.readingTask)} |
| memory of the page's scripts with all lines | ${mib(figures.heapMib)} |
| server's memory before, and its highest | ${mib(figures.serverBefore)}, ${mib(figures.serverHighest)} |
`;
}
