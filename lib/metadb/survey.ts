import { createHash } from "node:crypto";
import { projectTables, sql } from "#lib/commands/sql.ts";
import type { Project } from "#lib/domain/survey.ts";
import type { SqlSession } from "./types.ts";

type Reader = Pick<SqlSession, "query">;

/** For each table a fingerprint of its columns (names, types, defaults, keys), 12 hex digits. */
export async function tableFingerprints(
  session: Reader,
  database: string,
): Promise<Record<string, string>> {
  const rows = await session.query(
    `SELECT c.TABLE_NAME AS name, c.COLUMN_NAME AS col, c.COLUMN_TYPE AS type, c.IS_NULLABLE AS nullable,
            c.COLUMN_DEFAULT AS def, c.COLUMN_KEY AS keyed, c.EXTRA AS extra
       FROM information_schema.COLUMNS c JOIN information_schema.TABLES t
         ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE = 'BASE TABLE'
      WHERE c.TABLE_SCHEMA = ? ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
    [database],
  );
  const tables = Map.groupBy(rows, ({ name }) => String(name));
  return Object.fromEntries(
    [...tables].map(([name, columns]) => [
      name,
      createHash("sha256").update(JSON.stringify(columns)).digest("hex").slice(0, 12),
    ]),
  );
}

/** All projects that are not deleted (docs/domain, section 3). A release without a table has none of its kind. */
export async function readProjects(session: Reader, rmDatabase: string): Promise<Project[]> {
  const present = await session.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
    [rmDatabase],
  );
  const names = new Set(present.map(({ name }) => String(name)));
  const found: Project[] = [];
  for (const [kind, table] of projectTables) {
    if (!names.has(table)) continue;
    const rows = await session.query(sql.selectProjects(rmDatabase, table));
    for (const row of rows) {
      const { project_id: id, project_name: name, project_status: status } = row;
      found.push({ kind, id: String(id), name: String(name), status: String(status) });
    }
  }
  return found;
}
