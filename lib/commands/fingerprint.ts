import { identifier } from "./sql.ts";

/** A column as information_schema names it. */
export interface Column {
  name: string;
  /** `DATA_TYPE`: "varchar", "bit", "geometry" */
  type: string;
}

/** How a statement that reads whole tables begins; its text is of no interest to the audit. */
export const fingerprintComment = "/* fingerprint */";

/** A function that turns a text into hexadecimal digits, with what it makes of `uplift`. */
export interface HashFunction {
  call(value: string): string;
  probe: string;
  answer: string;
}

/**
 * In the order in which they are tried: SHA2 is everywhere but in old releases of OceanBase, MD5 is gone from
 * MySQL 9.6 on, and a server in FIPS mode answers NULL.
 */
export const hashFunctions: readonly [HashFunction, ...HashFunction[]] = [
  {
    call: (value) => `SHA2(${value}, 256)`,
    probe: "SELECT SHA2('uplift', 256) AS hash",
    answer: "6ef39aec1f3a4d66f9bd733c3c85a559d954d77a38269ade7a0dc4693ced1421",
  },
  {
    call: (value) => `MD5(${value})`,
    probe: "SELECT MD5('uplift') AS hash",
    answer: "5d54cdb2c4f59e33ede4668295d5f109",
  },
];

/** Types whose value no hash function takes as it is. */
const inHex: ReadonlySet<string> = new Set([
  ...["bit", "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring"],
  ...["multipolygon", "geometrycollection", "geomcollection", "vector"],
]);

/**
 * Rows and content of tables, in one statement: `number` (their place in the list), `total` and
 * `content`. That is a sum over 64 bits of a hash of each row, so that neither the order of rows counts
 * nor do equal rows cancel each other; NULL is told from every value.
 *
 * @param limit rows of each table, which then are those that the server finds first; null: all
 */
export function fingerprint(
  database: string,
  tables: readonly { name: string; columns: readonly Column[] }[],
  { hash = hashFunctions[0], limit = null }: { hash?: HashFunction; limit?: number | null } = {},
): string {
  const selects = tables.map(({ name, columns }, number) => {
    const table = `${identifier(database)}.${identifier(name)}`;
    const hashes = columns.map((column) => columnHash(column, hash.call));
    const row = hash.call(`CONCAT('', ${hashes.join(", ")})`);
    const sum = `SUM(CAST(CONV(LEFT(${row}, 16), 16, 10) AS UNSIGNED))`;
    return `SELECT ${number} AS number, COUNT(*) AS total, CAST(COALESCE(${sum}, 0) AS CHAR) AS content FROM ${limit === null ? table : `(SELECT * FROM ${table} LIMIT ${limit}) AS part`}`;
  });
  return `${fingerprintComment} ${selects.join(" UNION ALL ")}`;
}

function columnHash({ name, type }: Column, call: HashFunction["call"]): string {
  const column = identifier(name);
  const value = inHex.has(type.toLowerCase()) ? `HEX(${column})` : column;
  return `COALESCE(${call(value)}, '-')`;
}
