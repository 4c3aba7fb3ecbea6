"use server";

import { checkAudit } from "#lib/services/audit.ts";
import { type ActionResult, act } from "./session.ts";

export async function verifyAuditAction(): Promise<
  ActionResult<Awaited<ReturnType<typeof checkAudit>>>
> {
  return act(checkAudit);
}
