import { mock } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { replay } from "#lib/domain/apply-event.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import {
  type CredentialId,
  type DeploymentId,
  NodeId,
  newId,
  PlanId,
  type RunId,
  type StepId,
} from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { planHash } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { english } from "#lib/i18n/english.ts";
import { createCredential } from "#lib/operations/credentials.ts";
import { createDeployment } from "#lib/operations/deployments.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { storePlan } from "#lib/services/plan-rows.ts";
import { db } from "#lib/store/client.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import type { Claim, NewLogChunk } from "#lib/store/types.ts";
import { type RecordedPiece, type Recording, renamed } from "./recording.ts";
import type { Scene } from "./scenes.ts";

/** A run that was played up to a point. */
export interface Played {
  runId: RunId;
  deploymentId: DeploymentId;
  /** The player's hold on the run: whoever has it may go on writing. */
  claim: Claim;
  /** Number of the last event written. */
  seq: number;
  /** A step that runs. */
  underWay: StepId | null;
  nodeIds: readonly NodeId[];
  /** What has not happened yet. */
  rest: Pick<Recording, "events" | "log">;
}

export interface PlayOptions {
  /** A deployment of the same shape that was played before; a new one unless told. */
  on?: DeploymentId;
  /** When its last event happened, ms since the epoch; just now unless told. */
  endedAt?: number;
}

/**
 * Writes a run into the open store as if it had happened by now: through the same code that writes it
 * in earnest, with this process's clock set to each moment in turn. Deployment, plans and run get ids
 * of their own, so that a recording can be played more than once.
 */
export async function play(
  actor: Actor,
  { recording: asWritten, upTo }: Scene,
  { on, endedAt = Date.now() - 1_000 }: PlayOptions = {},
): Promise<Played> {
  const recording = on
    ? underName(asWritten, (await requireInventory(on)).name)
    : await underFreeName(asWritten);
  const last = recording.events[upTo - 1];
  if (!last) throw new RangeError(`the recording has no event ${upTo}`);
  const laterMs = endedAt - Date.parse(last.at);
  const begins = Date.parse(recording.events[0]?.at ?? last.at) + laterMs;
  mock.timers.enable({ apis: ["Date"], now: begins - 600_000 });
  try {
    const { inventory } = recording;
    const deploymentId = on ?? (await register(actor, inventory, await pretendedCredential(actor)));
    const names = namesOf(inventory, await requireInventory(deploymentId));
    for (const { plan } of recording.plans) names.set(plan.id, newId(PlanId, "pln"));

    mock.timers.setTime(begins - 60_000);
    const [started, ...others] = recording.plans;
    if (!started) throw new RangeError("the recording has no plan");
    await keepPlan(actor, started, names, laterMs);
    mock.timers.setTime(begins);
    const store = prismaStore();
    const runId = await createRun({
      planId: PlanId.parse(names.get(started.plan.id)),
      planHash: names.get(started.hash) ?? "",
      actor,
    });
    names.set(last.runId, runId);
    for (const other of others) await keepPlan(actor, other, names, laterMs);
    const claim = await store.queue.claim(runId, "player");
    const written = renamed({ events: recording.events, log: recording.log }, names, laterMs);
    const later = (at: string) => Date.parse(at) > Date.parse(last.at) + laterMs;
    const rest = {
      events: written.events.slice(upTo),
      log: written.log.filter(({ at }) => later(at)),
    };
    const now = {
      // The first two were written when the run was created.
      events: written.events.slice(2, upTo),
      log: written.log.filter(({ at }) => !later(at)),
    };
    const seq = await write(claim, 2, now, async (at) => mock.timers.setTime(at));
    const state = replay(await store.journal.read(runId));
    const steps = Object.values(state?.steps ?? {});
    const underWay = steps.find(({ status }) => status === "running")?.id ?? null;
    const nodeIds = started.plan.hosts.map(({ nodeId }) => NodeId.parse(names.get(nodeId)));
    return { runId, deploymentId, claim, seq, underWay, nodeIds, rest };
  } finally {
    mock.timers.reset();
  }
}

/** Lets what has not happened yet happen, `speed` times as fast as it is written down. */
export async function playOn({ claim, seq, rest }: Played, speed: number): Promise<void> {
  let last: number | null = null;
  await write(claim, seq, rest, async (at) => {
    if (last !== null) await wait((at - last) / speed);
    last = at;
  });
}

/** @param until waits for a moment, or makes it, ms since the epoch. @returns the last event's number */
async function write(
  claim: Claim,
  fromSeq: number,
  { events, log }: Pick<Recording, "events" | "log">,
  until: (at: number) => Promise<void>,
): Promise<number> {
  const { journal, log: logs } = prismaStore();
  let seq = fromSeq;
  let logged = 0;
  for (let next = 0; next < events.length; ) {
    const at = events[next]?.at ?? "";
    await until(Date.parse(at));
    const from = logged;
    while ((log[logged]?.at ?? "~") <= at) logged++;
    await logs.append(claim, log.slice(from, logged).map(unnumbered));
    const bodies: RunEventBody[] = [];
    for (let event = events[next]; event?.at === at; event = events[++next])
      bodies.push(event.body);
    seq = (await journal.append(claim, seq, bodies)).at(-1)?.seq ?? seq;
  }
  await logs.append(claim, log.slice(logged).map(unnumbered));
  return seq;
}

const unnumbered = (piece: RecordedPiece): NewLogChunk => ({ ...piece, sourceEnd: null });

/** A recording whose deployment has a name that nobody has in this store. */
export async function underFreeName(recording: Recording): Promise<Recording> {
  return underName(recording, await freeName(recording.inventory.name));
}

/** The same recording of a deployment with another name. */
export function underName(recording: Recording, name: string): Recording {
  const plans = recording.plans.map(({ plan, ...rest }) => {
    const summary = plan.summary.map((text) =>
      english(text).replaceAll(plan.deploymentName, () => name),
    );
    return { ...rest, plan: { ...plan, deploymentName: name, summary } };
  });
  return { ...recording, inventory: { ...recording.inventory, name }, plans };
}

/** A deployment's name that nobody has in this store: the wanted one, or with a number behind it. */
async function freeName(wanted: string): Promise<string> {
  const rows = await db().deployment.findMany({ select: { name: true } });
  const taken = new Set(rows.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : ` ${number}`;
    const name = wanted.slice(0, 80 - suffix.length) + suffix;
    if (!taken.has(name)) return name;
  }
}

/** A way to log in to hosts that do not exist. */
export async function pretendedCredential(actor: Actor): Promise<CredentialId> {
  const { id } = await createCredential(actor, {
    ...{ name: `player ${newId(PlanId, "pln")}`, username: "root", method: "password" as const },
    password: "the player has no hosts",
  });
  return id;
}

/** Registers the deployment as a person would. */
export async function register(
  actor: Actor,
  recorded: Inventory,
  credentialId: CredentialId,
): Promise<DeploymentId> {
  const { id: _, revision: __, ...document } = recorded;
  const password = "the player has no MetaDB";
  const ssh = (access: Inventory["regions"][number]["nodes"][number]["ssh"]) => ({
    ...access,
    credentialId,
  });
  return createDeployment(actor, {
    ...document,
    metadb: { ...document.metadb, password, passwordId: undefined },
    regions: document.regions.map(({ id: _id, ...region }) => ({
      ...region,
      heartbeatServer: region.heartbeatServer && {
        ...{ ...region.heartbeatServer, password, passwordId: undefined },
      },
      bastion: region.bastion && ssh(region.bastion),
      nodes: region.nodes.map(({ id: _node, ...node }) => ({ ...node, ssh: ssh(node.ssh) })),
    })),
  });
}

/** The ids of a deployment by those of the recording, which has the same shape. */
export function namesOf(recorded: Inventory, made: Inventory): Map<string, string> {
  const ids = idsOf(made);
  return new Map(idsOf(recorded).map((id, index) => [id, ids[index] ?? id]));
}

/** All ids in an inventory in an order that two inventories of the same shape share. */
export function idsOf({ id, metadb, regions }: Inventory): string[] {
  return [
    id,
    metadb.passwordId,
    ...regions.flatMap((region) => [
      region.id,
      ...(region.heartbeatServer ? [region.heartbeatServer.passwordId] : []),
      ...(region.bastion ? [region.bastion.credentialId] : []),
      ...region.nodes.flatMap((node) => [node.id, node.ssh.credentialId]),
    ]),
  ];
}

/** Stores a plan under its new id and notes its new hash. */
export async function keepPlan(
  actor: Actor,
  recorded: Recording["plans"][number],
  names: Map<string, string>,
  laterMs: number,
): Promise<void> {
  const { plan, checks, facts, target } = renamed(recorded, names, laterMs);
  const { revision } = await requireInventory(plan.deploymentId);
  const current = { ...plan, inventoryRevision: revision };
  names.set(recorded.hash, await planHash(current));
  const { id: planId, leg, deploymentId } = current;
  const preflight =
    leg === "forward" ? { revision: current.inventoryRevision, tookMs: 1_800 } : null;
  const made = { planId, deploymentId, leg, plan: current, checks, facts, target, preflight };
  await storePlan(actor, made);
}
