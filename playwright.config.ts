import { defineConfig } from "@playwright/test";

/** Real Chromium, the real product, real hosts: one worker, because a lab takes both processors. */
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  fullyParallel: false,
  // Long, because what has come ends a wait at once, and a machine may be busy with other things.
  timeout: 1_200_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    // Spinners that turn are drawn by a processor, for as long as an upgrade takes; a trace (--trace on) costs as much.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.UPLIFT_CHROMIUM ?? "/usr/bin/chromium",
      // Without these Chromium asks the outside world for updates at every start.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
