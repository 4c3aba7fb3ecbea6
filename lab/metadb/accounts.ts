import { identifier } from "./identifier.ts";
import type { MetadbKind } from "./kind.ts";

/**
 * How the MetaDB's user came to his rights.
 * - all: ALL on each database and on the scratch ones.
 * - asked: on the same databases only what the product asks for.
 * - role: the same through a role; and himself what his views and triggers do, because they run with the rights of
 *   their definer and not with those of his roles (without that, MySQL and MariaDB refuse a view on his view).
 * - partial-revoke: ALL on everything, and DROP on the rm database taken away again. MySQL alone has that.
 */
export type MetaAccount = "all" | "asked" | "role" | "partial-revoke";

export interface AccountOptions {
  kind: MetadbKind;
  /** The account's name, and its password. */
  name: string;
  password: string;
  metaAccount: MetaAccount;
  /** The databases have objects of another definer, which a restore must be able to make again. */
  foreignDefiners: boolean;
  rm: string;
  databases: readonly string[];
}

const asked =
  "select, insert, update, delete, create, drop, alter, index, references, lock tables, " +
  "create view, show view, trigger, create routine, alter routine, execute";

/** OceanBase has neither right, nor what they are for. */
const askedElsewhere = `${asked}, event, create temporary tables`;

/**
 * What dumping and making again an object of another definer takes, found out on each server:
 * - OceanBase: SELECT on everything to read a routine's body (else SHOW CREATE answers NULL), SUPER to make a trigger or
 *   a routine (else 1227); a view has no definer.
 * - MySQL: SHOW_ROUTINE to read a routine's body, SET_ANY_DEFINER to make one, and ALLOW_NONEXISTENT_DEFINER where
 *   the account is gone. With the binary log on, triggers and functions need SUPER too unless
 *   log_bin_trust_function_creators is on, as it is in the lab.
 * - MariaDB: SELECT on mysql.proc to read a routine's body (from 11.3 on SHOW CREATE ROUTINE, which ALL on a database
 *   has in it), SET USER to make one.
 */
const definerRights: Readonly<Record<MetadbKind, readonly string[]>> = {
  oceanbase: ["super, select on *.*"],
  mysql: ["show_routine, set_any_definer, allow_nonexistent_definer on *.*"],
  mariadb: ["set user on *.*", "select on mysql.proc"],
  "mariadb-11.8": ["set user, show create routine on *.*"],
};

/** The statements of an administrator that make the MetaDB's user. */
export function accountStatements(options: AccountOptions): string[] {
  const { kind, metaAccount } = options;
  const account = accountLiteral(options.name);
  const create = `create user ${account} identified by ${literal(options.password)}`;
  // The stand-in's own notes, which no product asks for.
  const notes = `grant all on lab_journal.* to ${account}`;
  if (metaAccount === "partial-revoke") {
    if (kind !== "mysql") throw new Error("only MySQL can take back a part of a right");
    const revoke =
      options.rm === "" ? [] : [`revoke drop on ${identifier(options.rm)}.* from ${account}`];
    return ["set global partial_revokes = on", create, `grant all on *.* to ${account}`, ...revoke];
  }
  const rights = metaAccount === "all" ? "all" : kind === "oceanbase" ? asked : askedElsewhere;
  const globals = metaAccount === "all" ? "process, reload, replication client" : "process";
  const granted = (to: string) => [
    ...options.databases.map((name) => `grant ${rights} on ${pattern(name)}.* to ${to}`),
    // The lab names no pattern of the product's: an administrator types this one by hand.
    `grant ${rights} on \`uplift\\_rehearse\\_%\`.* to ${to}`,
    `grant ${globals} on *.* to ${to}`,
    ...(options.foreignDefiners ? definerRights[kind] : []).map((each) => `grant ${each} to ${to}`),
  ];
  if (metaAccount !== "role") return [create, notes, ...granted(account)];
  const isMariadb = kind.startsWith("mariadb");
  return [
    create,
    notes,
    "create role oms_operators",
    ...granted("oms_operators"),
    `grant oms_operators to ${account}`,
    ...(options.rm === ""
      ? []
      : // By its plain name: of somebody with a role MySQL forgets grants by pattern here.
        [`grant select, insert, trigger on ${identifier(options.rm)}.* to ${account}`]),
    isMariadb
      ? `set default role oms_operators for ${account}`
      : `set default role all to ${account}`,
  ];
}

export const accountLiteral = (name: string): string => `${literal(name)}@'%'`;

export const literal = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** In a grant, `_` and `%` in a database's name are wildcards. */
const pattern = (database: string) => identifier(database.replace(/[_%]/g, "\\$&"));
