import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Product } from "#lab/product/product.ts";

const player = fileURLToPath(new URL("../lab/player/main.ts", import.meta.url));

/** The player (lab/README.md) in a process of its own, writing beside the product. */
export interface Player {
  /** Path of the run's page. */
  path: string;
  process: ChildProcess;
  /** Resolves when everything is written. @throws Error with its words when it failed */
  ended: Promise<void>;
}

/** Starts it on a product's data; resolves when the run can be looked at. */
export async function startPlayer(product: Product, ...args: string[]): Promise<Player> {
  const process = spawn(globalThis.process.execPath, [player, "--data", product.dataDir, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let trouble = "";
  process.stderr.on("data", (data: Buffer) => {
    trouble += data.toString();
  });
  const ended = once(process, "exit").then(([code]) => {
    if (code !== 0) throw new Error(`the player ended with ${code}: ${trouble}`);
  });
  const lines = createInterface(process.stdout);
  const path = await Promise.race([once(lines, "line").then(([line]) => String(line)), ended]);
  if (!path) throw new Error("the player has shown no run");
  return { path, process, ended };
}
