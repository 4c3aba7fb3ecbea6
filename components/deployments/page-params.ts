import { notFound } from "next/navigation";
import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId, RunId } from "#lib/domain/ids.ts";

/** The deployment that an address names; anything that is not an id is not found. */
export async function deploymentIdOf(params: Promise<{ id: string }>): Promise<DeploymentId> {
  const parsed = DeploymentId.safeParse((await params).id);
  return parsed.success ? parsed.data : notFound();
}

/** The run that an address names; anything that is not an id is not found. */
export async function runIdOf(params: Promise<{ runId: string }>): Promise<RunId> {
  const parsed = RunId.safeParse((await params).runId);
  return parsed.success ? parsed.data : notFound();
}

/** Awaits what a page is about; when there is no such thing, the page says so. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UpliftError && error.code === "not_found") notFound();
    throw error;
  }
}
