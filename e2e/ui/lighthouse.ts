import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import lighthouse, { desktopConfig } from "lighthouse";
import { freePort } from "#lab/product/free-port.ts";
import playwright from "../../playwright.config.ts";

export interface Scores {
  /** 0 to 100 */
  performance: number;
  accessibility: number;
  /** Audits that cost points. */
  lost: string[];
}

/** A Chromium of its own for Lighthouse, which wants to be alone in it. */
export class Lighthouse {
  readonly #browser: ChildProcess;
  readonly #profile: string;
  readonly #port: number;

  private constructor(browser: ChildProcess, profile: string, port: number) {
    this.#browser = browser;
    this.#profile = profile;
    this.#port = port;
  }

  static async open(): Promise<Lighthouse> {
    const { executablePath = "chromium", args = [] } = playwright.use?.launchOptions ?? {};
    const profile = mkdtempSync(join(tmpdir(), "uplift-lighthouse-"));
    const port = await freePort();
    const own = ["--headless=new", `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`];
    const browser = spawn(executablePath, [...args, ...own, "about:blank"], { stdio: "ignore" });
    const address = `http://127.0.0.1:${port}/json/version`;
    for (let tries = 0; tries < 300; tries++) {
      if ((await fetch(address).catch(() => null))?.ok)
        return new Lighthouse(browser, profile, port);
      await wait(100);
    }
    browser.kill();
    throw new Error("Chromium did not start for Lighthouse");
  }

  /**
   * A page's scores for a desk, the median of three runs by performance.
   *
   * @param cookie of a signed-in person
   */
  async scoresOf(url: string, cookie: string): Promise<Scores> {
    const runs: Scores[] = [];
    for (let run = 0; run < 3; run++) runs.push(await this.#once(url, cookie));
    const [, median] = runs.sort((a, b) => a.performance - b.performance);
    if (!median) throw new Error("three runs have a median");
    return median;
  }

  async close(): Promise<void> {
    this.#browser.kill();
    await once(this.#browser, "exit");
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #once(url: string, cookie: string, tries = 3): Promise<Scores> {
    const flags = {
      port: this.#port,
      logLevel: "silent" as const,
      onlyCategories: ["performance", "accessibility"],
      extraHeaders: { Cookie: cookie },
    };
    const result = await lighthouse(url, flags, desktopConfig);
    if (!result) throw new Error(`Lighthouse has no result for ${url}`);
    const { categories, audits, runtimeError } = result.lhr;
    // Now and then a trace has no beginning; Lighthouse itself says to run it again.
    if (runtimeError?.code === "NO_NAVSTART" && tries > 1)
      return this.#once(url, cookie, tries - 1);
    if (runtimeError) throw new Error(runtimeError.message);
    const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
    const lost = Object.values(audits)
      .filter(
        ({ score: points, scoreDisplayMode: mode }) =>
          points !== null && points < 0.9 && mode !== "informative",
      )
      .map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim());
    return { performance: score("performance"), accessibility: score("accessibility"), lost };
  }
}
