import { notFound } from "next/navigation";
import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId } from "#lib/domain/ids.ts";

/** The deployment that an address names; anything that is not an id is not found. */
export async function deploymentIdOf(params: Promise<{ id: string }>): Promise<DeploymentId> {
  const parsed = DeploymentId.safeParse((await params).id);
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
