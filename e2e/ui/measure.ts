import type { BrowserContext, Page } from "@playwright/test";

/** What a page costs until it stands still, and how still it stood. */
export interface Measured {
  /** Transferred bytes of script, as they came over the wire. */
  scriptBytes: number;
  /** Sum of its layout shifts (CLS). */
  shift: number;
  /** What moved, for whoever has to mend it. */
  moved: string[];
  /** Pixels by which the page is wider than its window. */
  overflow: number;
  /** Errors in the console, exceptions. */
  problems: string[];
}

interface Watched {
  shift: number;
  moved: string[];
}

/** Notes layout shifts of every page of this context. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watched: Watched = { shift: 0, moved: [] };
    Object.assign(window, { shifts: watched });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        watched.shift += entry.value;
        for (const { node } of entry.sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          watched.moved.push(element?.outerHTML.slice(0, 120) ?? "a node that is gone");
        }
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Opens an address in a tab with an empty cache and waits until nothing comes any more. */
export async function measure(page: Page, url: string): Promise<Measured> {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    // The page that is not there answers 404, as it should.
    if (message.type() === "error" && !/status of 404/.test(message.text()))
      problems.push(message.text());
  });
  const network = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let scriptBytes = 0;
  network.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url, { waitUntil: "load" });
  // Hydration, what is fetched after it, and Next's prefetches.
  await page.waitForTimeout(2_500);
  const { shift, moved, overflow } = await page.evaluate(() => {
    const root = document.documentElement;
    const { shifts } = window as unknown as { shifts: Watched };
    return { ...shifts, overflow: root.scrollWidth - root.clientWidth };
  });
  await network.detach();
  return { scriptBytes, shift, moved, overflow, problems };
}
