/**
 * Rows as CSV (RFC 4180, CRLF). A cell that a spreadsheet would take for a formula gets an apostrophe
 * before it: outputs of hosts stand in these files, and opening one must run nothing. Pure.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
