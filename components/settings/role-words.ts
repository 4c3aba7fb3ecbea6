import type { Role } from "#lib/domain/roles.ts";

/** What each role may do, in a sentence. */
export const roleWords: Record<Role, string> = {
  viewer: "Sees everything, changes nothing.",
  operator: "Registers deployments, plans, starts and rolls back.",
  approver: "Plans, and approves what needs a second person.",
  administrator: "All that, and the users.",
};
