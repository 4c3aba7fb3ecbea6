import { canonicalJson } from "#lib/domain/canonical-json.ts";
import type { DeploymentInput, ServerInput } from "#lib/domain/deployment-input.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { DatabaseServer, Inventory, Region, SshAccess } from "#lib/domain/inventory.ts";
import type { Tx } from "#lib/store/client.ts";
import { conflict } from "./refusals.ts";
import { type FieldProblem, RequestInvalid } from "./request-invalid.ts";
import { typedParts } from "./server-secrets.ts";

/** @throws RequestInvalid */
export async function refuseNameInUse(tx: Tx, name: string, own: DeploymentId | null) {
  const other = await tx.deployment.findUnique({ where: { name }, select: { id: true } });
  if (other && other.id !== own) {
    throw new RequestInvalid([{ path: "name", message: "Another deployment has this name." }]);
  }
}

/** @throws RequestInvalid */
export async function refuseUnknownCredentials(tx: Tx, input: DeploymentInput): Promise<void> {
  const known = new Set(
    (await tx.credential.findMany({ select: { id: true } })).map(({ id }) => id),
  );
  const problems: FieldProblem[] = [];
  const check = (path: string, ssh: SshAccess | null) => {
    if (ssh === null || known.has(ssh.credentialId)) return;
    problems.push({ path: `${path}.credentialId`, message: "Choose a credential." });
  };
  for (const [r, region] of input.regions.entries()) {
    check(`regions.${r}.bastion`, region.bastion);
    for (const [n, node] of region.nodes.entries()) check(`regions.${r}.nodes.${n}.ssh`, node.ssh);
  }
  if (problems.length > 0) throw new RequestInvalid(problems);
}

/** Ids in a document name rows of this deployment, each once. @throws RequestInvalid */
export function refuseForeignIds(input: DeploymentInput, regions: readonly Region[]): void {
  const own = new Set<string>(
    regions.flatMap((region) => [region.id, ...region.nodes.map((node) => node.id)]),
  );
  const problems: FieldProblem[] = [];
  const check = (path: string, id: string | undefined) => {
    if (id === undefined || own.delete(id)) return;
    problems.push({ path, message: "Not of this deployment, or twice in it." });
  };
  for (const [r, region] of input.regions.entries()) {
    check(`regions.${r}.id`, region.id);
    for (const [n, node] of region.nodes.entries()) check(`regions.${r}.nodes.${n}.id`, node.id);
  }
  if (problems.length > 0) throw new RequestInvalid(problems);
}

/** @throws UpliftError conflict */
export function refuseIfChangedSince(revision: number, edited: number | undefined): void {
  if (edited === undefined || edited === revision) return;
  throw conflict(
    "Somebody else has changed this deployment since you opened it.",
    "Reload the page and make your change again.",
  );
}

/** @throws UpliftError conflict */
export async function refuseWhileRunning(tx: Tx, id: DeploymentId, what: string): Promise<void> {
  const run = await tx.run.findUnique({ where: { activeDeploymentId: id }, select: { id: true } });
  if (!run) return;
  throw conflict(
    `Run ${run.id} is under way: its deployment cannot be ${what} now.`,
    "Wait until the run has ended, or abandon it.",
  );
}

/**
 * Whether anything differs that an active run rests on: all but the name, the settings, and the
 * bastions. A bastion is only the way to a node, whose own pinned key says that it is still the same;
 * one that is gone for good must not hold up a run.
 */
export function topologyChanges(before: Inventory, input: DeploymentInput): boolean {
  const servers = [input.metadb, ...input.regions.map((region) => region.heartbeatServer)];
  const typed = servers.some((server) => server && typedParts(server).length > 0);
  const part = ({ version, metadb, regions }: Comparable) =>
    canonicalJson({
      version,
      metadb: withoutSecrets(metadb),
      regions: regions.map((region) => ({
        ...region,
        bastion: null,
        heartbeatServer: region.heartbeatServer && withoutSecrets(region.heartbeatServer),
      })),
    });
  // New regions and nodes have no id yet, which is a difference too.
  return typed || part(before) !== part(input);
}

type Comparable = Pick<Inventory | DeploymentInput, "version" | "metadb" | "regions">;

function withoutSecrets(server: DatabaseServer | ServerInput) {
  return { ...server, passwordId: null, password: null, tls: server.tls.mode, takenFor: null };
}
