import { identifier } from "../identifier.ts";
import type { MetadbKind } from "../kind.ts";
import { journalScript } from "./numbers.ts";
import { cmTables, heartbeatTables, rmTables } from "./oms-tables.ts";
import type { DatabaseNames, SeedOptions } from "./options.ts";

/** Collations in turn, so that the databases of a deployment differ, and from the server's default where they can. */
const heartbeatCollations = (kind: MetadbKind): readonly string[] =>
  kind === "oceanbase"
    ? ["utf8mb4_bin", "utf8mb4_general_ci"] // It has no others.
    : ["utf8mb4_unicode_ci", "utf8mb3_general_ci", "utf8mb4_bin"];

/** The whole seed as one script. What belongs to somebody (views, triggers) is not in it. */
export function seedScript(names: DatabaseNames, options: SeedOptions): string {
  const database = (name: string, collation: string, content: string) => `
create database ${identifier(name)} character set ${collation.split("_")[0]} collate ${collation};
use ${identifier(name)};
set autocommit = 0;
${content}
commit;
set autocommit = 1;`;
  const collations = heartbeatCollations(options.kind);
  return [
    "set names utf8mb4;",
    journalScript,
    // A second server has heartbeat databases only.
    names.rm === "" ? "" : database(names.rm, "utf8mb4_general_ci", rmTables(options)),
    names.cm === "" ? "" : database(names.cm, "utf8mb4_bin", cmTables(options)),
    ...names.heartbeats.map((name, index) =>
      database(
        name,
        collations[index % collations.length] ?? "utf8mb4_bin",
        heartbeatTables(options),
      ),
    ),
  ].join("\n");
}
