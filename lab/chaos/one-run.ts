import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { containerName } from "#lab/options.ts";
import { Product } from "#lab/product/product.ts";
import { WatchedRun } from "#lab/product/watched-run.ts";
import { sleep, waitUntil } from "#lab/shell.ts";
import { Scene } from "#lab/tests/trouble-scene.ts";
import type { Leg } from "#lib/domain/plan.ts";
import { hasEnded, type RunState, stepsOfLeg } from "#lib/domain/run.ts";
import { Faults } from "./faults.ts";
import { afterRollback, afterUpgrade, sameDumps, untouched, whateverTheEnd } from "./invariants.ts";
import { Operator, startStopped } from "./operator.ts";
import { lookFromOutside, type Outside } from "./outside.ts";
import type { ChaosScript, Strike } from "./script.ts";
import { InitWatch } from "./watch-inits.ts";

/** A leg that takes longer than this, faults and answers included, has lost its way. */
const legTimeoutMs = 600_000;
const evidenceFolder = join(import.meta.dirname, "../../.cache/chaos");

export interface ChaosResult {
  /** What did not hold; empty when all is well. */
  violations: string[];
  /** How it went, in a few words. */
  summary: string;
}

/**
 * An upgrade and a rollback on a fresh lab, with the faults of a script.
 *
 * @param root another source tree of the product than this one
 * @param keep keeps journal and logs of a run that passed, too
 */
export async function chaosRun(
  script: ChaosScript,
  say: (line: string) => void,
  { keep = false, root }: { keep?: boolean; root?: string } = {},
): Promise<ChaosResult> {
  const { regions, initSeconds, withoutImage } = script;
  const loaded = regions.flatMap(({ nodes }) => nodes).filter((name) => name !== withoutImage);
  const product = root === undefined ? undefined : await Product.start({ root });
  const scene = await Scene.open(
    {
      regions,
      initSeconds,
      loadNewImage: withoutImage === null ? true : loaded,
      backupDiskMegabytes: 64,
      logStatements: true,
    },
    product,
  );
  const watch = new InitWatch(scene.lab.id);
  const run = new ChaosRun(scene, script, say);
  try {
    await run.go();
    if (watch.most > 1) run.violations.push(`${watch.most} initialisations ran at the same time`);
    const damage = await scene.lab.metadb.initDamage();
    if (damage.length > 0) run.violations.push(`two initialisations damaged ${damage.join(", ")}`);
  } catch (error) {
    run.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    await run.checkStandstill().catch((why: unknown) => say(`not looked at: ${String(why)}`));
  } finally {
    watch.stop();
    if (keep || run.violations.length > 0) await run.keepEvidence();
    await scene.close();
  }
  return { violations: run.violations, summary: run.summary };
}

class ChaosRun {
  readonly #scene: Scene;
  readonly #script: ChaosScript;
  readonly #faults: Faults;
  readonly #operator: Operator;
  readonly #lines: string[] = [];
  readonly #say: (line: string) => void;
  readonly violations: string[] = [];
  readonly #ends: string[] = [];
  #runId = "";
  #watched: WatchedRun | null = null;
  #before: Outside | null = null;

  constructor(scene: Scene, script: ChaosScript, say: (line: string) => void) {
    const started = Date.now();
    this.#scene = scene;
    this.#script = script;
    this.#say = (line) => {
      const stamped = `${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`;
      this.#lines.push(stamped);
      say(stamped);
    };
    this.#faults = new Faults(scene, this.#say);
    this.#operator = new Operator(scene, this.#say, script);
  }

  get summary(): string {
    return `${this.#ends.join(", then ")}; ${this.#faults.struck} faults, ${this.#operator.answers} answers`;
  }

  async go(): Promise<void> {
    const { lab } = this.#scene;
    const deploymentId = await this.#scene.register((document) => {
      document.settings = { healthTimeoutMin: 2 };
    });
    const before = await lookFromOutside(lab);
    this.#before = before;
    const { withoutImage } = this.#script;
    const target = withoutImage === null ? {} : { imageArchive: lab.images.archivePathOnHost };
    this.#runId = await this.#scene.start(deploymentId, target);
    const forward = await this.#leg("forward");
    if (forward === "succeeded") {
      const then = await this.#check("upgrade", (now) => afterUpgrade(lab.options, before, now));
      if (this.violations.length > 0) return;
      await this.#rollBack();
      await this.#check("rollback", (now) => [
        ...afterRollback(lab.options, before, now),
        ...sameDumps(then, now),
      ]);
      return;
    }
    if (forward === "turns back" && (await this.#rollBack()) === "rolled-back") {
      await this.#check("rollback", (now) => afterRollback(lab.options, before, now));
    } else {
      await this.#check("abandoned", (now) => untouched(lab.options, before, now));
    }
  }

  async #rollBack(): Promise<"rolled-back" | "abandoned"> {
    if ((await this.#operator.rollBack(this.#runId)) === "abandoned") {
      this.#ends.push("abandoned");
      return "abandoned";
    }
    const end = await this.#leg("rollback");
    if (end !== "rolled-back") throw new Error(`the rollback ended with "${end}"`);
    return end;
  }

  /** Lets faults strike and the operator answer until the leg has ended and all is mended. */
  async #leg(leg: Leg): Promise<"succeeded" | "rolled-back" | "turns back"> {
    const left = [...this.#script.strikes[leg]];
    const until = Date.now() + legTimeoutMs;
    let turning = false;
    for (;;) {
      if (Date.now() > until) throw new Error(`the ${leg} leg reaches no end`);
      await sleep(100);
      const state = await this.#look();
      if (state === null || state.leg !== leg) continue;
      const part = partBegun(state);
      for (const strike of left.filter((one) => isDue(one, state, part))) {
        left.splice(left.indexOf(strike), 1);
        this.#faults.begin(strike);
      }
      const { status } = state;
      if (hasEnded(status)) {
        await this.#faults.mended();
        this.#ends.push(status === "succeeded" ? "upgraded" : "rolled back");
        if (left.length > 0) this.#say(`${leg} ended before ${left.length} more could strike`);
        return status === "succeeded" ? "succeeded" : "rolled-back";
      }
      const { turnBackAt } = this.#script;
      if (leg === "forward" && turnBackAt !== null && part >= turnBackAt && !turning) {
        turning = true;
        this.#say("operator: pauses, to roll back");
        await this.#scene.command(this.#runId, "pause").catch(() => undefined);
      }
      if (status !== "paused" || this.#faults.areGoing) continue;
      if (turning || (await this.#operator.answer(this.#runId)) === "gives up") {
        if (leg === "rollback") throw new Error("retries do not help the rollback");
        this.#ends.push("turned back");
        return "turns back";
      }
      await this.#leftPause();
    }
  }

  /** After an answer the run needs a moment: another answer in it would be about the past. */
  async #leftPause(): Promise<void> {
    for (let looks = 0; looks < 30; looks++) {
      const state = await this.#look();
      if (state !== null && state.status !== "paused") return;
      await sleep(100);
    }
  }

  async #look(): Promise<RunState | null> {
    const { product } = this.#scene;
    if (!product.isRunning) return null;
    this.#watched ??= new WatchedRun(product, this.#runId);
    return this.#watched.look().catch(() => null);
  }

  async #check(what: string, violationsIn: (now: Outside) => string[]): Promise<Outside> {
    const { lab } = this.#scene;
    await this.#faults.mended();
    const { oldVersion, newVersion } = lab.options;
    const wanted = containerName(what === "upgrade" ? newVersion : oldVersion);
    // A fault behind a node's last health check is nobody's to notice but the operator's.
    for (const host of this.#faults.hostsThatWentDown) {
      if (await startStopped(host, wanted))
        this.#say(`operator: docker start ${wanted} on ${host.name}`);
    }
    for (const host of lab.allHosts) {
      await waitUntil(`${host.name} to be healthy`, () => host.isHealthy()).catch(
        (error: unknown) => this.violations.push(`after the ${what}: ${String(error)}`),
      );
    }
    const now = await lookFromOutside(lab);
    this.violations.push(...violationsIn(now).map((one) => `after the ${what}: ${one}`));
    return now;
  }

  /** A run that came to no end must have done no harm on its way. */
  async checkStandstill(): Promise<void> {
    await this.#faults.mended();
    if (this.#before === null) return;
    const now = await lookFromOutside(this.#scene.lab);
    this.violations.push(...whateverTheEnd(this.#scene.lab.options, this.#before, now));
  }

  /** Keeps what is needed to understand a failure. */
  async keepEvidence(): Promise<void> {
    const folder = join(evidenceFolder, String(this.#script.seed));
    mkdirSync(folder, { recursive: true });
    const save = (name: string, text: string) => writeFileSync(join(folder, name), text);
    save("what-happened.txt", `${[...this.#lines, ...this.violations].join("\n")}\n`);
    save("dashboard.log", this.#scene.product.output);
    copyFileSync(this.#scene.lab.metadb.statementsFile, join(folder, "statements.log"));
    const events = await this.#scene.product
      .ask("GET", `/runs/${this.#runId}/events`)
      .catch(() => []);
    save("events.json", JSON.stringify(events, null, 1));
    this.#say(`evidence is in ${folder}`);
  }
}

/** The part of the leg's steps that have been begun, 0 to 1. */
function partBegun(state: RunState): number {
  const steps = stepsOfLeg(state);
  const begun = steps.filter(({ attempt, status }) => attempt > 0 || status !== "pending");
  return steps.length === 0 ? 0 : begun.length / steps.length;
}

function isDue({ atPart, atStep }: Strike, state: RunState, part: number): boolean {
  if (atStep === undefined) return atPart <= part;
  return stepsOfLeg(state).some(({ id, status }) => status === "running" && id.startsWith(atStep));
}
