import { isScratchName } from "#lib/domain/rehearsal.ts";

/** A name between backticks, as MySQL wants it. @throws RangeError for a NUL character */
export function identifier(name: string): string {
  if (name.includes("\0")) throw new RangeError("a name cannot hold a NUL character");
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A character set or collation: a bare word, so that nothing else can pass for one. */
export function charsetWord(name: string): string {
  if (!/^[A-Za-z0-9_]+$/.test(name)) throw new RangeError(`not a character set: ${name}`);
  return name;
}

function characters(characterSet: string, collation: string): string {
  return `CHARACTER SET ${charsetWord(characterSet)} COLLATE ${charsetWord(collation)}`;
}

/** The table by which a scratch database is known to be one. */
export const scratchMark = "uplift_rehearsal";

/** The name of a scratch database between backticks. @throws RangeError for any other name */
function scratchIdentifier(name: string): string {
  if (!isScratchName(name)) throw new RangeError(`not a scratch database: ${name}`);
  return identifier(name);
}

/** Heartbeats deleted by one statement: short transactions, and a progress that can be seen. */
export const pruneBatch = 20_000;

/** Where the rm database keeps its projects (docs/domain, section 3). */
export const projectTables = [
  ["migration", "oms_project"],
  ["synchronization", "oms_sync_project"],
] as const;

/** The statements that Uplift runs, in one place: the plan shows them and the steps run them. */
export const sql = {
  selectHa: (rm: string) =>
    `SELECT cfg_value FROM ${identifier(rm)}.oms_normal_config WHERE cfg_name = 'ha.config' FOR UPDATE`,
  readHa: (rm: string) =>
    `SELECT cfg_value FROM ${identifier(rm)}.oms_normal_config WHERE cfg_name = 'ha.config'`,
  updateHa: (rm: string) =>
    `UPDATE ${identifier(rm)}.oms_normal_config SET cfg_value = ? WHERE cfg_name = 'ha.config'`,
  sessions:
    "SELECT ID AS id, USER AS user, HOST AS host, DB AS db, TIME AS seconds, CONNECTION_ID() AS own FROM information_schema.PROCESSLIST",
  /** Wherever the user may look; the vendor's spelling. */
  heartbeatTables:
    "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE LOWER(TABLE_NAME) = 'heatbeat_sequence' AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_SCHEMA",
  newestHeartbeat: (table: string) =>
    `SELECT CAST(id AS CHAR) AS id, TIMESTAMPDIFF(SECOND, gmt_modified, NOW()) AS seconds FROM ${table} ORDER BY id DESC LIMIT 1`,
  // MySQL refuses a subquery on the table being deleted from (error 1093): read first, then delete.
  maxHeartbeat: (database: string) =>
    `SELECT CAST(MAX(id) AS CHAR) AS id, COUNT(*) AS total FROM ${identifier(database)}.heatbeat_sequence`,
  pruneHeartbeats: (database: string) =>
    `DELETE FROM ${identifier(database)}.heatbeat_sequence WHERE id < ? LIMIT ${pruneBatch}`,
  /** Scratch databases have statements of their own, which name nothing else. */
  createScratch: (scratch: string, characterSet: string, collation: string) =>
    `CREATE DATABASE ${scratchIdentifier(scratch)} ${characters(characterSet, collation)}`,
  createScratchMark: (scratch: string) =>
    `CREATE TABLE ${scratchIdentifier(scratch)}.${identifier(scratchMark)} (made_by VARCHAR(200) NOT NULL PRIMARY KEY)`,
  markScratch: (scratch: string) =>
    `INSERT INTO ${scratchIdentifier(scratch)}.${identifier(scratchMark)} (made_by) VALUES (?)`,
  readScratchMark: (scratch: string) =>
    `SELECT made_by AS madeBy FROM ${scratchIdentifier(scratch)}.${identifier(scratchMark)}`,
  listScratch:
    "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'uplift\\_rehearse\\_%'",
  dropScratch: (scratch: string) => `DROP DATABASE ${scratchIdentifier(scratch)}`,
  dropTrigger: (database: string, trigger: string) =>
    `DROP TRIGGER IF EXISTS ${identifier(database)}.${identifier(trigger)}`,
  dropDatabase: (database: string) => `DROP DATABASE IF EXISTS ${identifier(database)}`,
  createDatabaseIfMissing: (database: string, characterSet: string, collation: string) =>
    `CREATE DATABASE IF NOT EXISTS ${identifier(database)} ${characters(characterSet, collation)}`,
  alterDatabase: (database: string, characterSet: string, collation: string) =>
    `ALTER DATABASE ${identifier(database)} ${characters(characterSet, collation)}`,
  /** What a dump's second file is written from; for the plan, which does not know the names. */
  showObjects: (database: string) =>
    ["TRIGGER", "FUNCTION", "PROCEDURE", "EVENT"].map(
      (kind) =>
        `SHOW CREATE ${kind} ${identifier(database)}.${identifier(`each ${kind.toLowerCase()}`)}`,
    ),
  /** For the plan; the look itself names the database as a parameter. */
  selectColumnsOf: (database: string) =>
    `SELECT ... FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '${database.replaceAll("'", "''")}'`,
  selectProjects: (rm: string, table: (typeof projectTables)[number][1]) =>
    `SELECT project_id, project_name, project_status FROM ${identifier(rm)}.${table} WHERE project_status <> 'DELETED' ORDER BY project_id`,
  /** The rows of each table, with the table's place among those that were named: a union has no order. */
  countRows: (database: string, tables: readonly string[]) =>
    tables
      .map(
        (table, nth) =>
          `SELECT COUNT(*) AS total, ${nth} AS nth FROM ${identifier(database)}.${identifier(table)}`,
      )
      .join(" UNION ALL "),
  /** The same, for the plan. */
  countRowsShown: (database: string) =>
    `SELECT COUNT(*) AS total FROM ${identifier(database)}.${identifier("each table")}`,
} as const;
