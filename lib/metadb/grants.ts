import { flavourOf } from "#lib/domain/flavour.ts";
import type { SqlSession } from "./types.ts";

/** What an account may do, as the lines of SHOW GRANTS say it. */
export interface Grants {
  /** The rights on a whole database; `ALL PRIVILEGES` stands for every one. */
  on(database: string): Held;
  /** The rights that are not bound to a database. */
  readonly everywhere: Held;
  /** Active roles of which the server does not say what they hold (OceanBase does not, to those who have them). */
  readonly unreadableRoles: readonly string[];
}

/** A set of rights. */
export interface Held {
  has(right: string): boolean;
  /** Those of the list that are not held. */
  lacking(rights: readonly string[]): string[];
}

interface Line {
  taken: boolean;
  rights: string[];
  /** A LIKE pattern of databases; null: everywhere. */
  pattern: string | null;
}

/** The grants of the session's account, with those of the roles that are active in it. */
export async function readGrants(session: Pick<SqlSession, "query" | "server">): Promise<Grants> {
  const show = async (statement: string) =>
    (await session.query(statement)).map((row) => String(Object.values(row)[0] ?? ""));
  const lines = await show("SHOW GRANTS");
  const unreadable: string[] = [];
  if (!flavourOf(session.server).grantsHideRoles) return grantsOf(lines, unreadable);
  for (const role of await activeRoles(session)) {
    const more = await show(`SHOW GRANTS FOR ${role}`).catch(() => null);
    if (more) lines.push(...more);
    else unreadable.push(role);
  }
  return grantsOf(lines, unreadable);
}

/** The active roles as the server writes them, such as `` `role`@`%` ``; none where there are no roles. */
async function activeRoles(session: Pick<SqlSession, "query">): Promise<string[]> {
  const rows = await session.query("SELECT CURRENT_ROLE() AS roles").catch(() => []);
  return String(rows[0]?.roles ?? "").match(/`(?:[^`]|``)*`@`(?:[^`]|``)*`/g) ?? [];
}

/** What the lines grant, less what partial revokes take away again. Pure. */
export function grantsOf(
  lines: readonly string[],
  unreadableRoles: readonly string[] = [],
): Grants {
  const parsed = lines.flatMap(lineOf);
  const granted = parsed.filter(({ taken }) => !taken);
  const revoked = parsed.filter(({ taken, pattern }) => taken && pattern !== null);
  return {
    unreadableRoles,
    everywhere: held(granted.filter(({ pattern }) => pattern === null)),
    on(database) {
      const reaches = ({ pattern }: Line) => pattern === null || likeMatches(pattern, database);
      const here = granted.filter((line) => line.pattern !== null && reaches(line));
      // A partial revoke narrows what is granted everywhere, and nothing else.
      const away = revoked.filter(reaches).flatMap(({ rights }) => rights);
      const global = granted.filter(({ pattern }) => pattern === null);
      return held([...here, ...global.map((line) => without(line, away))]);
    },
  };
}

/** Every right that a revoke can take from ALL PRIVILEGES, as far as Uplift asks for them. */
const all = "ALL PRIVILEGES";

function without(line: Line, away: readonly string[]): Line & { away: ReadonlySet<string> } {
  return { ...line, away: new Set(away) };
}

function held(lines: readonly (Line & { away?: ReadonlySet<string> })[]): Held {
  const has = (right: string) =>
    lines.some(
      ({ rights, away }) =>
        !away?.has(right) && !away?.has(all) && (rights.includes(right) || rights.includes(all)),
    );
  return { has, lacking: (rights) => rights.filter((right) => !has(right)) };
}

/** Grants on single tables or routines, and of roles, say nothing of a whole database. */
function lineOf(text: string): Line[] {
  const match =
    /^(GRANT|REVOKE) (.+?) ON (\*|`(?:[^`]|``)*`|"(?:[^"]|"")*"|[^\s.]+)\.\* (?:TO|FROM) /s.exec(
      text,
    );
  if (!match) return [];
  const [, verb, rights = "", on = ""] = match;
  const quote = /^[`"]/.exec(on)?.[0];
  const name = quote ? on.slice(1, -1).replaceAll(quote + quote, quote) : on;
  return [
    {
      taken: verb === "REVOKE",
      rights: rights.split(",").map((right) => right.trim().toUpperCase()),
      pattern: on === "*" ? null : name,
    },
  ];
}

/** Grants name databases by LIKE patterns, in which `_` stands for any character unless escaped. */
function likeMatches(pattern: string, name: string): boolean {
  const source = pattern.replace(/\\?./gsu, (token) => {
    if (token === "%") return ".*";
    if (token === "_") return ".";
    return token.slice(-1).replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
  });
  return new RegExp(`^${source}$`, "isu").test(name);
}
