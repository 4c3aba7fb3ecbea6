import { identifier } from "#lab/metadb/identifier.ts";
import type { Refusal } from "./outcome.ts";

/**
 * What an administrator runs on the server who does what failed checks tell him: grants and settings. None where a
 * remedy is something else, such as other programs on a host. Pure.
 *
 * @param account as a literal, e.g. 'oms_meta'@'%'
 * @param databases those of the deployment, for what is granted "on the database"
 */
export function remedyStatements(
  checks: readonly Refusal[],
  account: string,
  databases: readonly string[],
): string[] {
  const found = checks.flatMap(({ id, evidence, remedy }) => [
    ...(id.startsWith("rights.") ? missingRights(evidence, account) : []),
    ...grants(remedy, account, databases),
    ...[...remedy.matchAll(/SET GLOBAL \w+ = \d+/g)].map(([statement]) => statement),
  ]);
  return [...new Set(found)];
}

/** Of "Missing: DROP on oms_rm, EVENT on oms_rm." */
function missingRights(evidence: string, account: string): string[] {
  const [, list = ""] = /^Missing: (.*?)\.(?: |$)/.exec(evidence) ?? [];
  return [...list.matchAll(/([A-Z][A-Z ]*) on ([^,]+)/g)].map(
    ([, right, database = ""]) => `GRANT ${right} ON ${identifier(database)}.* TO ${account}`,
  );
}

/** Of several rights any one is enough: the first. */
const grant =
  /GRANT ([A-Z_][A-Z_, ]*?)(?: or [A-Z_ ]+?)*(?: ON (\*\.\*|`[^`]+`\.\*|\w+\.\w+)| on the database)/g;

function grants(remedy: string, account: string, databases: readonly string[]): string[] {
  return [...remedy.matchAll(grant)].flatMap(([, rights, on]) =>
    (on === undefined ? databases.map((name) => `${identifier(name)}.*`) : [on]).map(
      (target) => `GRANT ${rights} ON ${target} TO ${account}`,
    ),
  );
}
