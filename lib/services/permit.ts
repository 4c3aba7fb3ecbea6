import { UpliftError } from "#lib/domain/errors.ts";
import { type Actor, type Permission, roleMay } from "#lib/domain/roles.ts";

/** Goes on only when the actor's role may do this. @throws UpliftError forbidden */
export function permit(actor: Actor, permission: Permission): void {
  if (roleMay(actor.role, permission)) return;
  throw new UpliftError("forbidden", `The role "${actor.role}" may not do this (${permission}).`, {
    remedy: "Ask an administrator to do it, or to change your role.",
  });
}
