import { stringify } from "csv-stringify/sync";

/**
 * Rows as CSV (RFC 4180, CRLF). A cell that a spreadsheet would take for a formula, full-width signs too, gets an
 * apostrophe before it: outputs of hosts stand in these files, and opening one must run nothing. Pure.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify([...rows], {
    record_delimiter: "windows",
    escape_formulas: true,
    // A line end of either kind, not only that of the rows.
    quoted_match: /[\r\n]/,
  });
}
