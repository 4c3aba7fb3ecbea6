import { existsSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

interface Watched {
  longTasks: number[];
}

/** From now on every page of this tab notes the tasks that kept its main thread busy, ms. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { longTasks: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longTasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
}

/** The longest task since the page was loaded, ms; tasks under 50 ms count as none. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(0, ...(window as unknown as { watched: Watched }).watched.longTasks),
  );
}

/** What the page's scripts hold in memory after a collection, MiB. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1024 ** 2;
}

/** What a process has in memory, MiB. @throws Error when there is no such process */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}

/** The highest resident memory of a process from now until it is asked, MiB. */
export function watchMemory(pid: number): () => number {
  let highest = residentMemory(pid);
  const timer = setInterval(() => {
    if (!existsSync(`/proc/${pid}`)) return;
    highest = Math.max(highest, residentMemory(pid));
  }, 100);
  return () => {
    clearInterval(timer);
    return highest;
  };
}
