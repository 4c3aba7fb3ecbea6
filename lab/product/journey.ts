import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Lab } from "#lab/lab.ts";
import { archiveOnHost, containerName, imageName } from "#lab/options.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import type { PlanView, RunView } from "#lib/services/views.ts";
import type { Product } from "./product.ts";
import { WatchedRun } from "./watched-run.ts";

/** What has not come after this time will not come, also on a machine that is busy with other things. */
export const patienceMs = 600_000;
/** Every look costs the server something, and what is tested or measured shares its processors. */
export const betweenLooksMs = 100;

export interface Login {
  user: "root" | "admin";
  method: "key" | "password";
}

/** The document that registers a lab's deployment, as a user would type it. */
export async function deploymentDocument(product: Product, lab: Lab, login: Login) {
  const { rm, cm } = lab.options.databases;
  const account = lab.allHosts[0]?.users[login.user];
  if (!account) throw new Error("the lab has no host");
  const credential = await product.ask<{ id: string }>("POST", "/credentials", {
    name: `${login.user} by ${login.method} ${lab.id}`,
    username: login.user,
    method: login.method,
    ...(login.method === "key"
      ? { privateKey: readFileSync(account.privateKeyPath, "utf8") }
      : { password: account.password }),
    ...(login.user === "admin" ? { sudoPassword: account.password } : {}),
  });
  return {
    name: `OMS ${lab.id}`,
    version: lab.options.oldVersion,
    metadb: {
      host: lab.metadb.host,
      port: lab.metadb.port,
      user: lab.metadb.user,
      password: lab.metadb.password,
      tls: lab.metadb.tls,
      rmDatabase: rm,
      cmDatabase: cm,
    },
    regions: lab.options.regions.map((region) => {
      const server = lab.metadbOf(region);
      return {
        name: region.name,
        location: region.location,
        isDefault: region.isDefault,
        bastion: lab.options.bastion
          ? {
              host: lab.bastion.address,
              port: lab.bastion.sshPort,
              credentialId: credential.id,
              hostKeyFingerprint: lab.bastion.hostKeyFingerprint,
            }
          : null,
        cmUrl: `http://${lab.host(region.nodes[0] ?? "").address}:8088`,
        heartbeatDatabase: region.heartbeatDatabase,
        heartbeatServer:
          server === lab.metadb
            ? null
            : {
                host: server.host,
                port: server.port,
                user: server.user,
                password: server.password,
                tls: server.tls,
              },
        nodes: region.nodes.map((name) => {
          const host = lab.host(name);
          return {
            name,
            address: host.address,
            containerName: containerName(lab.options.oldVersion),
            ssh: {
              host: host.address,
              port: host.sshPort,
              credentialId: credential.id,
              hostKeyFingerprint: host.hostKeyFingerprint,
            },
          };
        }),
      };
    }),
  };
}

/** Registers a lab's deployment. @returns its id */
export async function register(
  product: Product,
  lab: Lab,
  login: Login = { user: "root", method: "key" },
): Promise<string> {
  const document = await deploymentDocument(product, lab, login);
  return (await product.ask<{ id: string }>("POST", "/deployments", document)).id;
}

export function upgradeTarget(lab: Lab) {
  const allLoaded = lab.options.loadNewImage === true;
  const hop = (version: string) => ({
    version,
    image: imageName(version),
    containerName: containerName(version),
    ...(allLoaded ? {} : { imageArchive: archiveOnHost(version) }),
  });
  return { ...hop(lab.options.newVersion), via: lab.options.via.map(hop) };
}

/** Plans and starts the upgrade. @returns the run's id */
export async function startUpgrade(
  product: Product,
  lab: Lab,
  deploymentId: string,
): Promise<string> {
  const plan = await planUpgrade(product, lab, deploymentId);
  const run = await product.ask<{ id: string }>("POST", "/runs", {
    planId: plan.id,
    planHash: plan.hash,
  });
  return run.id;
}

export async function planUpgrade(product: Product, lab: Lab, deploymentId: string) {
  const path = `/deployments/${deploymentId}/plans`;
  const plan = await product.ask<PlanView>("POST", path, upgradeTarget(lab));
  if (plan.passes) return plan;
  const failed = plan.checks.filter(({ result }) => result !== "pass");
  throw new Error(`the checks do not pass: ${JSON.stringify(failed, null, 1)}`);
}

/** Plans the rollback and asks for it. @param hop of a chain to go back to the beginning of */
export async function startRollback(
  product: Product,
  runId: string,
  hop?: number,
): Promise<PlanView> {
  const body = hop === undefined ? undefined : { hop };
  const plan = await product.ask<PlanView>("POST", `/runs/${runId}/rollback-plans`, body);
  await giveCommand(product, runId, { kind: "rollback", planId: plan.id, planHash: plan.hash });
  return plan;
}

/**
 * Gives a run a command and waits until the engine has taken it up: whatever is seen of the run from then on comes
 * after it.
 *
 * @throws Error when the product gives no answer or the engine refuses it
 */
export async function giveCommand(
  product: Product,
  runId: string,
  command: { kind: string; [more: string]: unknown },
): Promise<void> {
  const { id } = await product.ask<{ id: string }>("POST", `/runs/${runId}/commands`, command);
  for (let after = 0, until = Date.now() + patienceMs; ; await wait(betweenLooksMs)) {
    const path = `/runs/${runId}/events?after=${after}`;
    for (const { seq, body } of await product.ask<RunEvent[]>("GET", path)) {
      after = seq;
      if (body.type === "command.accepted" && body.commandId === id) return;
      if (body.type === "command.refused" && body.commandId === id)
        throw new Error(`${command.kind} was refused: ${body.why}`);
    }
    if (Date.now() > until) throw new Error(`nobody takes up the command ${command.kind}`);
  }
}

/** Waits until the run has one of the statuses. */
export async function waitForRun(
  product: Product,
  runId: string,
  statuses: readonly RunStatus[],
): Promise<RunView> {
  const until = Date.now() + patienceMs;
  const watched = new WatchedRun(product, runId);
  for (;;) {
    const state = await watched.look();
    if (statuses.includes(state.status)) return watched.whole();
    if (Date.now() > until || state.status === "paused") {
      throw new Error(`the run is ${state.status}: ${describeTrouble({ state })}`);
    }
    await wait(betweenLooksMs);
  }
}

/** The errors of the steps that are in trouble, for a test's message. */
export function describeTrouble({ state }: Pick<RunView, "state">): string {
  return Object.values(state.steps)
    .filter((step) => step.error !== null || step.status === "running")
    .map(
      (step) => `${step.id} ${step.status}: ${step.error?.code ?? ""} ${step.error?.message ?? ""}`,
    )
    .join("\n");
}
