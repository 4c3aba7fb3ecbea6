import { rmSync } from "node:fs";
import { canonicalJson } from "#lib/domain/canonical-json.ts";
import {
  DeploymentId,
  NodeId,
  newId,
  PlanId,
  RegionId,
  type RunId,
  StepId,
} from "#lib/domain/ids.ts";
import { Plan, planHash } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import type { Step } from "#lib/domain/step.ts";
import { checkOutputs } from "#lib/operations/operation.ts";
import { db } from "../client.ts";
import { closeStore, openStore } from "../open.ts";
import { freshDataDir } from "./fresh-data-dir.ts";

export const ada: Actor = {
  userId: "user-ada",
  name: "Ada",
  role: "administrator",
  via: "session",
};
export const byAda = { userId: ada.userId, name: ada.name };

/** Opens a fresh store in a temporary directory. @returns what closes and removes it */
export async function temporaryStore(): Promise<() => Promise<void>> {
  checkOutputs();
  const directory = await freshDataDir();
  await openStore(directory);
  return async () => {
    await closeStore();
    rmSync(directory, { recursive: true });
  };
}

/** A deployment with one node. */
export async function seedDeployment() {
  const deploymentId = DeploymentId.parse(newId(DeploymentId, "dep"));
  const regionId = RegionId.parse(newId(RegionId, "reg"));
  const nodeId = NodeId.parse(newId(NodeId, "nod"));
  const credential = { id: `crd_${nodeId}`, name: nodeId, username: "root", method: "password" };
  await db().deployment.create({
    data: {
      ...{ id: deploymentId, name: deploymentId, version: "3.3.0", revision: 7 },
      ...{ metaHost: "10.0.0.1", metaPort: 2883, metaUser: "root", metaPasswordId: "none" },
      ...{ rmDatabase: "rm", cmDatabase: "cm", settings: "{}" },
      regions: {
        create: {
          ...{ id: regionId, position: 0, name: "hz", location: 0, isDefault: true },
          ...{ cmUrl: "http://10.0.0.2:8088", heartbeatDatabase: "hb" },
          nodes: {
            create: {
              ...{ id: nodeId, position: 0, name: "hz-1", address: "10.0.0.2" },
              ...{ containerName: "oms_330", sshHost: "10.0.0.2", sshPort: 22 },
              hostKeyFingerprint: "SHA256:x",
              credential: { create: credential },
            },
          },
        },
      },
    },
  });
  return { deploymentId, regionId, nodeId };
}

export type Seed = Awaited<ReturnType<typeof seedDeployment>>;

/** A plan that stops the container; with `undoneRun` the rollback of that run, after its one step. */
export async function seedPlan(
  seed: Seed,
  undoneRun?: RunId,
  timeoutMs = 60_000,
): Promise<{ plan: Plan; hash: string; stepId: StepId }> {
  const { nodeId } = seed;
  const leg = undoneRun ? "rollback" : "forward";
  const stepId = StepId.parse(`${leg}.stop`);
  const step: Step = {
    ...{ id: stepId, kind: "container.stop", phase: "stop", hop: null },
    scope: { type: "host", nodeId },
    params: {
      nodeId,
      containerName: "oms_330",
      mark: "T1",
      graceSeconds: 30,
      ownedBy: null,
      createdBy: null,
      restartPolicy: "no",
    },
    ...{ after: [], timeoutMs, quietMs: 1000, commands: [], changes: "", undo: "" },
  };
  return { ...(await seedSteps(seed, [step], undoneRun)), stepId };
}

/** A plan of these steps on the deployment's one node. */
export async function seedSteps(
  { deploymentId, regionId, nodeId }: Seed,
  steps: readonly Step[],
  undoneRun?: RunId,
): Promise<{ plan: Plan; hash: string }> {
  const leg = undoneRun ? "rollback" : "forward";
  const plan = Plan.parse({
    ...{ id: newId(PlanId, "pln"), leg, deploymentId, deploymentName: "d", inventoryRevision: 7 },
    ...{ catalogueVersion: "1", fromVersion: "3.3.0", toVersion: "3.3.1", image: "oms:331" },
    containerName: "oms_331",
    hosts: [{ nodeId, name: "hz-1", address: "10.0.0.2", regionId, region: "hz" }],
    ...{ steps, summary: [], warnings: [], backups: [] },
    undoes: undoneRun ? { runId: undoneRun, attempts: 1 } : null,
  });
  const hash = await planHash(plan);
  await db().plan.create({
    data: {
      ...{ id: plan.id, deploymentId, leg, body: canonicalJson(plan), hash },
      ...{ checks: "[]", facts: "{}", target: "{}", createdBy: "Ada", createdById: "user-ada" },
    },
  });
  return { plan, hash };
}
