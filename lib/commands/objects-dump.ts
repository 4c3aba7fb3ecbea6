import { disabledEvent, type SchemaObject, unqualified } from "#lib/domain/schema-object.ts";
import { charsetWord } from "./sql.ts";

/** The last line of every whole dump; mysqldump ends with it, too. */
const closingLine = "-- Dump completed";

export interface ObjectsDump {
  /** The database that they come from. */
  database: string;
  /** Its own collation: what an object was made under may be another one. */
  collation: string;
  /** `VERSION()` of the server. */
  serverVersion: string;
}

/**
 * A file for the client program that creates triggers, routines and events in the database in which it is
 * run. Pure.
 *
 * @param forPractice for a scratch database: nothing names another one, and events never run. Otherwise every
 * statement is the server's own, to the letter.
 * @throws RangeError for a character set that is not a bare word
 */
export function objectsDump(
  { database, collation, serverVersion }: ObjectsDump,
  objects: readonly SchemaObject[],
  { forPractice = false } = {},
): string {
  const statements = objects.map((object) => (forPractice ? practiceOf(object) : object.statement));
  const end = delimiterFor(statements);
  const lines = [
    "-- Triggers, routines and events, written by Uplift from SHOW CREATE",
    `-- Host: ${oneLine(serverVersion)}    Database: ${oneLine(database)}`,
    `DELIMITER ${end}`,
    ...objects.flatMap((object, index) => {
      const other = object.databaseCollation !== collation && isWord(object.databaseCollation);
      return [
        ...settings(object).map((text) => `SET SESSION ${text} ${end}`),
        // Parameters without a character set of their own take the database's at that moment.
        ...(other
          ? [`ALTER DATABASE COLLATE ${charsetWord(object.databaseCollation)} ${end}`]
          : []),
        `${statements[index]} ${end}`,
        ...(other ? [`ALTER DATABASE COLLATE ${charsetWord(collation)} ${end}`] : []),
      ];
    }),
    "DELIMITER ;",
    closingLine,
  ];
  return `${lines.join("\n")}\n`;
}

function settings({ sqlMode, collation, timeZone }: SchemaObject): string[] {
  return [
    `sql_mode = '${sqlMode.replaceAll(/[\\']/g, "")}'`,
    ...(isWord(collation) ? [`collation_connection = ${charsetWord(collation)}`] : []),
    ...(timeZone === null ? [] : [`time_zone = '${timeZone.replaceAll(/[\\']/g, "")}'`]),
  ];
}

/**
 * What makes the object in whatever database it is run in, and an event as one that never runs. A head that cannot
 * be read names its own database, in which the object is there already: the server refuses it.
 */
function practiceOf(object: SchemaObject): string {
  const text = unqualified(object) ?? object.statement;
  return object.kind === "EVENT" ? disabledEvent(text) : text;
}

/** What no statement contains. */
function delimiterFor(statements: readonly string[]): string {
  for (let length = 2; ; length++) {
    const end = ";".repeat(length);
    if (!statements.some((text) => text.includes(end))) return end;
  }
}

const isWord = (text: string) => /^[A-Za-z0-9_]+$/.test(text);

const oneLine = (text: string) => text.replaceAll(/[\r\n]/g, " ");
