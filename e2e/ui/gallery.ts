import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { play, underName } from "#lab/player/play.ts";
import { playPlan } from "#lab/player/play-plan.ts";
import { type SceneName, scene, sceneNames } from "#lab/player/scenes.ts";
import { Product } from "#lab/product/product.ts";
import { openFastStore } from "#lab/seed/people.ts";
import { seed } from "#lab/seed/seed.ts";
import { RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { createRollbackPlan } from "#lib/operations/rollback.ts";
import { db } from "#lib/store/client.ts";
import { closeStore } from "#lib/store/open.ts";

/** Where everything that can be looked at is, as paths. */
export interface Places {
  runs: Record<SceneName, string>;
  chain: Record<"init" | "failed", string>;
  /** 200 nodes. */
  huge: string;
  /** Names of 80 characters. */
  long: string;
  chinese: string;
  /** The wizard with a plan nobody has started, without its step. */
  wizard: string;
  chainWizard: string;
  /** The plan of a rollback that nobody has confirmed. */
  rollback: string;
  /** A deployment with dozens of runs. */
  deployment: string;
}

export interface Amount {
  deployments: number;
  runs: number;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What decides what is in the data; a later product understands what an earlier one wrote. */
const sources = ["lab/{player,seed}/*.ts", "prisma/**/*"];

export interface Gallery {
  product: Product;
  places: Places;
}

/**
 * The product with a bank's history in it and every state of a run; its engine is off.
 *
 * @param fresh what is under way began a few minutes ago, not when the gallery was filled first
 */
export async function openGallery(amount: Amount, fresh = false): Promise<Gallery> {
  const directory = `${root}.cache/ui/${amount.deployments}-${amount.runs}`;
  if (fresh) rmSync(directory, { recursive: true, force: true });
  const places = await fill(directory, amount);
  const environment = { UPLIFT_ENGINE: "off", UPLIFT_LOG: "warn" };
  return { product: await Product.start({ dataDir: directory, environment }), places };
}

/** Fills a directory, unless this was done in the same way on the same day. */
async function fill(directory: string, amount: Amount): Promise<Places> {
  const stamp = `${directory}/places.json`;
  const made = `${hashOfSources()} ${new Date().toISOString().slice(0, 10)}`;
  if (existsSync(stamp)) {
    const kept = JSON.parse(readFileSync(stamp, "utf8")) as { made: string; places: Places };
    if (kept.made === made) return kept.places;
  }
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const say = (what: string) => console.log(`  ${amount.runs} runs: ${what}`);
  await seed({ directory, ...amount, seed: 1, now: Date.now(), say });
  const places = await playAll(directory);
  writeFileSync(stamp, JSON.stringify({ made, places }));
  return places;
}

async function playAll(directory: string): Promise<Places> {
  const actor = await openFastStore(directory);
  const usual = { nodes: 4, names: "short" } as const;
  const path = async (name: SceneName, about: Parameters<typeof scene>[1] = usual) =>
    `/runs/${(await play(actor, await scene(name, about))).runId}`;
  try {
    const runs = {} as Record<SceneName, string>;
    for (const name of sceneNames)
      runs[name] = name === "init" ? await measuredRun(actor, name) : await path(name);
    const failed = RunId.parse(runs.failed.replace("/runs/", ""));
    const back = await createRollbackPlan(actor, { runId: failed });
    return {
      ...(await oldest()),
      rollback: `${runs.failed}/rollback/${back.id}`,
      runs,
      chain: {
        init: await path("init", { ...usual, chain: true }),
        failed: await path("failed", { ...usual, chain: true }),
      },
      huge: await path("init", { nodes: 200, names: "short" }),
      long: await path("failed", { nodes: 6, names: "long" }),
      chinese: await path("init", { nodes: 4, names: "chinese" }),
      wizard: await playPlan(actor, await scene("queued", { nodes: 3, names: "short" })),
      chainWizard: await playPlan(actor, await scene("queued", { ...usual, chain: true })),
    };
  } finally {
    await closeStore();
  }
}

/** A run on a deployment where one was tried, and rolled back, a week ago: its steps were measured. */
async function measuredRun(actor: Actor, name: SceneName): Promise<string> {
  const shape = { nodes: 4, names: "short" } as const;
  const [past, now] = [await scene("rolled-back", shape), await scene(name, shape)];
  const recording = underName(past.recording, now.recording.inventory.name);
  const endedAt = Date.now() - 7 * 24 * 3_600_000;
  const { deploymentId } = await play(actor, { ...past, recording }, { endedAt });
  const { runId } = await play(actor, now, { on: deploymentId });
  return `/runs/${runId}`;
}

/** The deployment with the most runs. */
async function oldest(): Promise<Pick<Places, "deployment">> {
  const [most] = await db().run.groupBy({
    by: ["deploymentId"],
    orderBy: { _count: { deploymentId: "desc" } },
    take: 1,
  });
  return { deployment: `/deployments/${most?.deploymentId ?? ""}` };
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  for (const file of files.filter((one) => /\.\w+$/.test(one)).sort())
    hash.update(readFileSync(root + file));
  return hash.digest("hex");
}
