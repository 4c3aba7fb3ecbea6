import lighthouse, { desktopConfig } from "lighthouse";

export interface Scores {
  /** 0 to 100 */
  performance: number;
  accessibility: number;
  /** Audits that cost points. */
  lost: string[];
}

/**
 * Lighthouse's scores of a page for a desk, the median of three runs by performance.
 *
 * @param port of a Chromium's remote debugging
 * @param cookie of a signed-in person
 */
export async function scoresOf(url: string, port: number, cookie: string): Promise<Scores> {
  const runs: Scores[] = [];
  for (let run = 0; run < 3; run++) runs.push(await once(url, port, cookie));
  const [, median] = runs.sort((a, b) => a.performance - b.performance);
  if (!median) throw new Error("three runs have a median");
  return median;
}

async function once(url: string, port: number, cookie: string): Promise<Scores> {
  const result = await lighthouse(
    url,
    {
      port,
      logLevel: "silent",
      onlyCategories: ["performance", "accessibility"],
      extraHeaders: { Cookie: cookie },
    },
    desktopConfig,
  );
  if (!result) throw new Error(`Lighthouse has no result for ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const lost = Object.values(audits)
    .filter(
      (audit) =>
        audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative",
    )
    .map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim());
  return { performance: score("performance"), accessibility: score("accessibility"), lost };
}
