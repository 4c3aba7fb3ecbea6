/** One statement of the MetaDB's own log. */
export interface Statement {
  /** Milliseconds since the epoch, to the second. */
  at: number;
  /** The database of its connection; null before one was chosen. */
  database: string | null;
  text: string;
}

const line =
  /^(?:(\d\d)(\d\d)(\d\d)\s+(\d+):(\d\d):(\d\d)|(\d{4}-\S+Z))?\t\s*(\d+) (Connect|Init DB|Query|Execute)\t(.*)$/;

/**
 * The statements in a general log, as MariaDB or MySQL writes it, in the order in which the server got them. A statement of
 * several lines is kept with its first.
 */
export function statementsIn(log: string): Statement[] {
  const statements: Statement[] = [];
  const databases = new Map<string, string | null>();
  let at = 0;
  for (const one of log.split("\n")) {
    const found = line.exec(one);
    if (!found) continue;
    const [, year, month, day, hour, minute, second, moment] = found;
    const [connection = "", kind, text = ""] = found.slice(8);
    // MariaDB writes its local time when it has changed, MySQL universal time on each line.
    if (moment !== undefined) at = Math.floor(Date.parse(moment) / 1000) * 1000;
    if (year !== undefined) {
      at = new Date(
        2000 + Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      ).getTime();
    }
    if (kind === "Connect") databases.set(connection, / on (\S+) using /.exec(text)?.[1] ?? null);
    else if (kind === "Init DB") databases.set(connection, text);
    else statements.push({ at, database: databases.get(connection) ?? null, text });
  }
  return statements;
}
