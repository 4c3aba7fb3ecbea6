import { z } from "zod";
import { roleNames } from "./role-names.ts";

/** From least to most (docs/security.md). */
export const Role = z.enum(roleNames);
export type Role = z.infer<typeof Role>;

/** What each role may do: the one permission table. Services check it; the UI reads it. */
const rolesThatMay = {
  "inventory.read": ["viewer", "operator", "approver", "administrator"],
  "inventory.change": ["operator", "administrator"],
  /** Taking a MetaDB server of no known kind for one of a known kind. */
  "metadb.take": ["administrator"],
  "credential.change": ["administrator", "operator"],
  /** Deciding by oneself which hosts a stored password is sent to. */
  "secret.expose": ["administrator"],
  "plan.create": ["operator", "approver", "administrator"],
  "run.read": ["viewer", "operator", "approver", "administrator"],
  "run.start": ["operator", "administrator"],
  "run.control": ["operator", "administrator"],
  /** Letting a run go on at a gate: what the approver's role is for. */
  "gate.approve": ["operator", "approver", "administrator"],
  /** Having a backup's files read again on their node. */
  "backup.check": ["operator", "approver", "administrator"],
  /** Reading a dump as a whole: it holds all that OMS knows, passwords of data sources among it. */
  "backup.download": ["operator", "administrator"],
  "backup.delete": ["administrator"],
  "audit.read": ["viewer", "operator", "approver", "administrator"],
  "token.manage": ["operator", "approver", "administrator"],
  "user.manage": ["administrator"],
  /** One's own account: its password. */
  "account.change": ["viewer", "operator", "approver", "administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesThatMay;

export function roleMay(role: Role, permission: Permission): boolean {
  return (rolesThatMay[permission] as readonly Role[]).includes(role);
}

/** Who acts: a signed-in person, or a token that belongs to one. */
export interface Actor {
  userId: string;
  name: string;
  role: Role;
  via: "session" | "token" | "system";
}
