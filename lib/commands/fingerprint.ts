import { identifier } from "./sql.ts";

/** A column as information_schema names it. */
export interface Column {
  name: string;
  /** `DATA_TYPE`: "varchar", "bit", "geometry" */
  type: string;
}

/** How a statement that reads whole tables begins; its text is of no interest to the audit. */
export const fingerprintComment = "/* fingerprint */";

/** What MD5 answers for `uplift` where it is at work; a server in FIPS mode answers NULL. */
export const md5Probe = {
  statement: "SELECT MD5('uplift') AS md5",
  answer: "5d54cdb2c4f59e33ede4668295d5f109",
} as const;

/** Types whose value MD5 does not take as it is. */
const inHex: ReadonlySet<string> = new Set([
  ...["bit", "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring"],
  ...["multipolygon", "geometrycollection", "geomcollection", "vector"],
]);

/**
 * Rows and content of tables, in one statement: `number` (their place in the list), `total` and
 * `content`. That is a sum over 64 bits of a hash of each row, so that neither the order of rows counts
 * nor do equal rows cancel each other; NULL is told from every value. Only functions that MySQL 5.7 and
 * 8, MariaDB and OceanBase know alike.
 */
export function fingerprint(
  database: string,
  tables: readonly { name: string; columns: readonly Column[] }[],
): string {
  const selects = tables.map(({ name, columns }, number) => {
    const row = `MD5(CONCAT('', ${columns.map(columnHash).join(", ")}))`;
    const sum = `SUM(CAST(CONV(LEFT(${row}, 16), 16, 10) AS UNSIGNED))`;
    return `SELECT ${number} AS number, COUNT(*) AS total, CAST(COALESCE(${sum}, 0) AS CHAR) AS content FROM ${identifier(database)}.${identifier(name)}`;
  });
  return `${fingerprintComment} ${selects.join(" UNION ALL ")}`;
}

function columnHash({ name, type }: Column): string {
  const column = identifier(name);
  const value = inHex.has(type.toLowerCase()) ? `HEX(${column})` : column;
  return `COALESCE(MD5(${value}), '-')`;
}
