import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { type Lab, type LabHost, type LabOptions, startLab } from "#lab/lab.ts";
import { liveTables } from "#lab/metadb/snapshot.ts";
import { containerName } from "#lab/options.ts";
import {
  betweenLooksMs,
  deploymentDocument,
  describeTrouble,
  giveCommand,
  patienceMs,
  startRollback,
  upgradeTarget,
} from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import { WatchedRun } from "#lab/product/watched-run.ts";
import { waitUntil } from "#lab/shell.ts";
import type { Check } from "#lib/domain/facts.ts";
import { StepId } from "#lib/domain/ids.ts";
import { hasEnded, type RunState, type RunStatus } from "#lib/domain/run.ts";
import { english } from "#lib/i18n/english.ts";
import type { PlanView } from "#lib/services/views.ts";

type Document = Awaited<ReturnType<typeof deploymentDocument>> & { settings?: object };

export const smallRegion = (nodes: readonly string[]) => [
  {
    name: "cn-hangzhou",
    nameCn: "杭州",
    location: 0,
    isDefault: true,
    nodes,
    heartbeatDatabase: "oms_cm_heartbeat_1",
  },
];

/**
 * For the script that stands in for mysqldump: looks at it and trials go on to work, only what is to become a backup
 * is in trouble.
 */
export const dumpsOnly =
  'case " $* " in *" --help "*|*" --version "*|*" --no-data "*|*" --where="*) exec "$real" "$@" ;; esac\n';

/** A lab and a product, for tests in which something goes wrong. */
export class Scene {
  readonly lab: Lab;
  readonly product: Product;
  readonly #document: Document;
  #registered = 0;

  private constructor(lab: Lab, product: Product, document: Document) {
    this.lab = lab;
    this.product = product;
    this.#document = document;
  }

  /** @param product one to share, so that a file with two labs needs only one server */
  static async open(
    options: Partial<LabOptions> & { nodes?: readonly string[] } = {},
    product?: Product,
  ): Promise<Scene> {
    const { nodes = ["hz-1"], ...rest } = options;
    const [lab, server] = await Promise.allSettled([
      startLab({ regions: smallRegion(nodes), loadNewImage: true, ...rest }),
      product ?? Product.start(),
    ]);
    if (lab.status === "fulfilled" && server.status === "fulfilled") {
      const login = { user: "root", method: "key" } as const;
      const document = await deploymentDocument(server.value, lab.value, login);
      return new Scene(lab.value, server.value, document);
    }
    // What came up alone would keep the test's process alive for good.
    for (const one of [lab, server]) if (one.status === "fulfilled") await one.value.stop();
    throw [lab, server].find((one) => one.status === "rejected")?.reason;
  }

  /** The same lab seen by another product. */
  async through(product: Product): Promise<Scene> {
    const login = { user: "root", method: "key" } as const;
    const known = product.dataDir === this.product.dataDir;
    const document = known ? this.#document : await deploymentDocument(product, this.lab, login);
    return new Scene(this.lab, product, document);
  }

  async close(): Promise<void> {
    await this.product.stop();
    await this.lab.stop();
  }

  get host(): LabHost {
    const [host] = this.lab.allHosts;
    if (!host) throw new Error("the lab has no host");
    return host;
  }

  /** Registers the lab's deployment under a new name, after a change to its document. @returns its id */
  async register(change: (document: Document) => void = () => undefined): Promise<string> {
    const document = structuredClone(this.#document);
    document.name = `${document.name} ${++this.#registered}`;
    change(document);
    return (await this.product.ask<{ id: string }>("POST", "/deployments", document)).id;
  }

  /** Stores another credential. @returns its id */
  async credential(fields: object): Promise<string> {
    const document = { name: `credential ${++this.#registered}`, ...fields };
    return (await this.product.ask<{ id: string }>("POST", "/credentials", document)).id;
  }

  plan(deploymentId: string, target: object = {}): Promise<PlanView> {
    return this.product.ask("POST", `/deployments/${deploymentId}/plans`, {
      ...upgradeTarget(this.lab),
      ...target,
    });
  }

  /** Plans, insists that the checks pass, and starts. @returns the run's id */
  async start(deploymentId: string, target: object = {}): Promise<string> {
    return this.startPlan(await this.plan(deploymentId, target));
  }

  async startPlan(plan: PlanView): Promise<string> {
    assert.ok(plan.passes, JSON.stringify(failures(plan.checks), null, 1));
    const body = { planId: plan.id, planHash: plan.hash };
    return (await this.product.ask<{ id: string }>("POST", "/runs", body)).id;
  }

  /** Gives a command; what is seen of the run from then on comes after it. */
  async command(runId: string, kind: string, rest: object = {}): Promise<void> {
    await giveCommand(this.product, runId, { kind, ...rest });
  }

  /** Waits until the run stands or has ended, and is in the wanted status. */
  async settled(runId: string, status: RunStatus): Promise<RunState> {
    const stands = (seen: RunState) => hasEnded(seen.status) || seen.status === "paused";
    const state = await this.seen(runId, stands);
    assert.equal(state.status, status, describeTrouble({ state }));
    return state;
  }

  /** Waits until something holds of the run. */
  async seen(
    runId: string,
    holds: (state: RunState) => boolean,
    timeoutMs = patienceMs,
  ): Promise<RunState> {
    const until = Date.now() + timeoutMs;
    const watched = new WatchedRun(this.product, runId);
    for (;;) {
      const state = await watched.look();
      if (holds(state)) return state;
      if (Date.now() > until) {
        throw new Error(`waited in vain; ${state.status}: ${describeTrouble({ state })}`);
      }
      await wait(betweenLooksMs);
    }
  }

  /** Tries steps in trouble again, all those of a pause, so that the run goes on. */
  async retry(runId: string, ...stepIds: string[]): Promise<void> {
    for (const stepId of stepIds) await this.command(runId, "retry", { stepId });
  }

  /** Rolls back to the end. @returns what the plan said it would do */
  async rollBack(runId: string): Promise<{ state: RunState; plan: PlanView }> {
    const plan = await startRollback(this.product, runId);
    return { plan, state: await this.settled(runId, "rolled-back") };
  }

  /** All that an upgrade may touch, seen from outside of the product. */
  async outside() {
    const containers: Record<string, string[]> = {};
    for (const host of this.lab.allHosts) {
      const seen = await host.exec(
        "docker ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}'",
      );
      // What a rollback put aside is no longer part of the service.
      containers[host.name] = seen.stdout
        .split("\n")
        .filter((line) => line !== "" && !line.includes("-rolled-back-"))
        .sort();
    }
    const { tables, ...rest } = await this.lab.checksum();
    const kept = Object.entries(tables).filter(([name]) => !liveTables.test(name));
    return { containers, ha: await this.haConfig(), ...rest, tables: Object.fromEntries(kept) };
  }

  /** `outside` without what a rollback changes on purpose: the interval in ha.config. */
  async restored() {
    const { ha, ...rest } = await this.outside();
    return { ...rest, enabled: ha.enable };
  }

  async haConfig(): Promise<Record<string, unknown>> {
    const [row] = await this.lab.metadb.query(
      "select cfg_value as v from oms_rm.oms_normal_config where cfg_name = 'ha.config'",
    );
    return JSON.parse(String(row?.v)) as Record<string, unknown>;
  }

  /** Puts a script in the place of a program; its own argument `$real` is the program. */
  async replaceTool(path: string, body: string, host = this.host): Promise<void> {
    await host.hideTool(path);
    await host.writeFile(path, `#!/bin/bash\nreal=${path}.hidden-by-the-lab\n${body}\n`, 0o755);
  }

  async restoreTool(path: string, host = this.host): Promise<void> {
    await host.unhideTool(path);
  }

  async everyoneHealthy(): Promise<void> {
    for (const host of this.lab.allHosts) {
      await waitUntil(`${host.name} to be healthy`, () => host.isHealthy());
    }
  }

  get oldContainer(): string {
    return containerName(this.lab.options.oldVersion);
  }

  get newContainer(): string {
    return containerName(this.lab.options.newVersion);
  }
}

export function failures(checks: readonly Check[]): Check[] {
  return checks.filter(({ result }) => result === "fail" || result === "unknown");
}

/**
 * The one failed check whose evidence matches: it names the place, says what came back, and what
 * to do. No plan may have been made.
 */
export function assertRefused(
  plan: PlanView,
  expected: { scope: string; evidence: RegExp; remedy: RegExp },
): void {
  const all = JSON.stringify(failures(plan.checks), null, 1);
  assert.equal(plan.passes, false);
  assert.equal(plan.plan, null);
  const found = failures(plan.checks).find(({ evidence }) =>
    expected.evidence.test(english(evidence)),
  );
  assert.ok(found, `no failed check says ${expected.evidence}: ${all}`);
  assert.ok(`${found.scope} ${found.evidence}`.includes(expected.scope), all);
  assert.match(english(found.remedy ?? ""), expected.remedy);
}

/** A paused run's step in trouble: its code, and a message with the host, what came back and what to do. */
export function assertTrouble(
  state: RunState,
  stepId: string,
  expected: { code: string; message: RegExp; remedy: RegExp; host?: string },
): void {
  const step = state.steps[StepId.parse(stepId)];
  const all = JSON.stringify(
    Object.values(state.steps).flatMap(({ id, error }) => (error ? [{ id, ...error }] : [])),
  );
  assert.equal(step?.error?.code, expected.code, all);
  assert.match(english(step.error.message), expected.message);
  assert.match(english(step.error.remedy), expected.remedy);
  if (expected.host !== undefined)
    assert.ok(english(step.error.message).includes(expected.host), all);
}
