import { setTimeout as wait } from "node:timers/promises";
import { expect, type Page, test } from "@playwright/test";
import { io } from "socket.io-client";
import { longLogLine } from "#lab/player/log-texts.ts";
import { Product } from "#lab/product/product.ts";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy.ts";
import { signIn } from "./journey.ts";
import { LogPage } from "./log-page.ts";
import { writeFigures } from "./long-log-figures.ts";
import {
  heapOf,
  longestTask,
  residentMemory,
  watchLongTasks,
  watchMemory,
} from "./measure-page.ts";
import { startPlayer } from "./start-player.ts";

const lines = 200_000;
/** Lines a second while the page is reloaded; what is left is written as fast as it can be stored. */
const rate = 1_500;
const reloads = 10;
/** From a reload to the next one at least, ms. */
const betweenReloadsMs = 3_000;
/** The reloads after which the connection is cut. */
const cutAfter = new Set([3, 7]);

let product: Product;
let proxy: CuttingProxy;

// A trace takes pictures of every step, which is what would be measured.
test.use({ trace: "off" });

test.beforeAll(async () => {
  product = await Product.start({ environment: { UPLIFT_ENGINE: "off" } });
  proxy = await startCuttingProxy(product.port);
});

test.afterAll(async () => {
  await proxy?.stop();
  await product?.stop();
});

test("a log of 200,000 lines is whole, in order and without repeats after ten reloads and two cuts", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: proxy.url });
  await watchLongTasks(page);
  await signIn(page, proxy);
  const player = await startPlayer(product, "init", "--lines", `${lines}`, "--rate", `${rate}`);
  const serverBefore = residentMemory(product.pid);
  const serverHighest = watchMemory(product.pid);
  const sluggish = await connectSluggishBrowser(page, player.path);
  const log = new LogPage(page);
  await page.goto(proxy.url + player.path);

  let streamingTask = 0;
  for (let reload = 1; reload <= reloads; reload++) {
    const next = wait(betweenReloadsMs);
    await log.waitForCount(1);
    const before = await log.count();
    if (cutAfter.has(reload)) expect(proxy.cut()).toBeGreaterThan(0);
    await log.waitForCount(before + rate / 10);
    if (reload === 5) await expectToYield(log);
    expect(await log.toEnd()).toBeLessThan(24);
    await next;
    streamingTask = Math.max(streamingTask, await longestTask(page));
    expect(player.process.exitCode, "the log must still be growing").toBeNull();
    await page.reload();
  }
  player.process.kill("SIGUSR2");
  await player.ended;
  await log.waitForCount(lines);
  await expect(log.box).toContainText(longLogLine(lines));
  expect(await log.toEnd()).toBeLessThan(24);

  const written = Array.from({ length: lines }, (_, index) => longLogLine(index + 1));
  expectSameLines(await log.copyAll(), written);

  const from = performance.now();
  await page.reload();
  await log.waitForCount(lines);
  const caughtUpMs = performance.now() - from;
  await expect(log.box).toContainText(longLogLine(lines));
  const readingTask = await longestTask(page);
  const heapMib = await heapOf(page);
  expectSameLines(await log.copyAll(), written);

  const download = page.waitForEvent("download");
  await log.section.getByRole("link", { name: "Download the whole log" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${player.path.split("/").at(-1)}-log.txt`);
  expectSameLines((await textOf(file)).split("\n").map(textOfLine), written);

  // The browser that took nothing in was sent one batch, and the server holds no more for it.
  expect(sluggish.feeds()).toBe(1);
  sluggish.end();
  const figures = {
    ...{ caughtUpMs, streamingTask, readingTask, heapMib },
    ...{ serverBefore, serverHighest: serverHighest() },
  };
  writeFigures(figures);
  // Several times what a quiet machine takes (docs/benchmarks.md): a busy one is no reason to fail.
  expect(figures.caughtUpMs).toBeLessThan(30_000);
  expect(figures.streamingTask).toBeLessThan(2_000);
  expect(figures.readingTask).toBeLessThan(2_000);
  expect(figures.serverHighest - figures.serverBefore).toBeLessThan(128);
});

/** Follows while nobody scrolls, yields to whoever scrolls up, and goes on from the end. */
async function expectToYield(log: LogPage): Promise<void> {
  await expect(log.follow).toHaveAttribute("aria-pressed", "true");
  await log.scroll(-600);
  await expect(log.follow).toHaveAttribute("aria-pressed", "false");
  // The number of a line: what follows it may still come, of a line that had not ended.
  const numbers = async () => (await log.inSight()).map((text) => text.slice(0, 8));
  const [inSight, count] = [await numbers(), await log.count()];
  await log.waitForCount(count + rate / 10);
  expect(await numbers()).toEqual(inSight);
  await log.box.press("End");
  await expect(log.follow).toHaveAttribute("aria-pressed", "true");
  await log.waitForCount((await log.count()) + rate / 10);
}

/** Of all lines, those that the player numbered are the written ones, one by one. */
function expectSameLines(shown: readonly string[], written: readonly string[]): void {
  const numbered = shown.filter((line) => line.startsWith("#"));
  const wrong = numbered.findIndex((line, index) => line !== written[index]);
  expect(wrong < 0 ? null : `${wrong}: ${numbered[wrong]} instead of ${written[wrong]}`).toBeNull();
  expect(numbered).toHaveLength(written.length);
}

/** The text of a line of the download, behind time, host, step and stream. */
function textOfLine(line: string): string {
  return line.split("\t").slice(4).join("\t");
}

async function textOf(file: { createReadStream(): Promise<NodeJS.ReadableStream> }) {
  let text = "";
  const stream = await file.createReadStream();
  stream.setEncoding("utf8");
  for await (const part of stream) text += part;
  return text;
}

/** A browser that follows the run and acknowledges nothing, and comes back when it is let go. */
async function connectSluggishBrowser(page: Page, path: string) {
  const cookies = await page.context().cookies(proxy.url);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const socket = io(product.url, {
    ...{ path: "/live", transports: ["websocket"], reconnection: false },
    extraHeaders: { cookie, origin: product.url },
  });
  let feeds = 0;
  socket.on("feed", () => feeds++);
  await new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(null));
    socket.once("connect_error", reject);
  });
  const runId = path.split("/").at(-1);
  socket.emit("subscribe", { runId, afterSeq: 0, afterLog: 0 }, () => undefined);
  return { feeds: () => feeds, end: () => socket.disconnect() };
}
