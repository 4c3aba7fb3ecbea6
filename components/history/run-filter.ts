import { DeploymentId } from "#lib/domain/ids.ts";
import { type RunStatus, runStatuses } from "#lib/domain/run.ts";

/** What the address of a list of runs asks for; anything that makes no sense is left out. */
export interface RunQuery {
  deploymentId: DeploymentId | null;
  status: RunStatus | null;
  who: string;
  text: string;
  before: string | null;
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** The one value of a parameter, trimmed; empty when it is missing or given twice. */
export function param(search: SearchParams, key: string): string {
  const value = search[key];
  return typeof value === "string" ? value.trim() : "";
}

export function runQueryOf(search: SearchParams): RunQuery {
  const deployment = DeploymentId.safeParse(param(search, "deployment"));
  const before = param(search, "before");
  return {
    deploymentId: deployment.success ? deployment.data : null,
    status: runStatuses.find((status) => status === param(search, "state")) ?? null,
    who: param(search, "who"),
    text: param(search, "text"),
    before: Number.isNaN(Date.parse(before)) ? null : new Date(before).toISOString(),
  };
}

export function isFiltered({ deploymentId, status, who, text }: RunQuery): boolean {
  return deploymentId !== null || status !== null || who !== "" || text !== "";
}

/** The address of the same list, from another place on. */
export function runsAddress(query: RunQuery, before: string | null): string {
  const params = new URLSearchParams();
  if (query.deploymentId) params.set("deployment", query.deploymentId);
  if (query.status) params.set("state", query.status);
  if (query.who) params.set("who", query.who);
  if (query.text) params.set("text", query.text);
  if (before) params.set("before", before);
  const text = params.toString();
  return text === "" ? "/runs" : `/runs?${text}`;
}
