import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Lab } from "#lab/lab.ts";
import type { Product } from "#lab/product/product.ts";
import type { RunRow } from "#lib/services/views.ts";
import { type Cell, keyOfCell } from "./cells.ts";
import type { CellRecord } from "./outcome.ts";
import { type Records, withTable } from "./table.ts";

const root = join(import.meta.dirname, "../..");
const file = join(root, ".cache/metadb-matrix.json");
const document = join(root, "docs/metadb.md");

/** Adds a cell's outcome to those that are known, and makes the document's table of all. */
export function writeRecord(record: CellRecord): void {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Records) : {};
  const key = keyOfCell(record);
  // That a plan can be made is known of a cell that has gone the whole way.
  const keepsOld =
    record.outcome.result === "plan passes" && known[key]?.outcome.result === "works";
  const records = keepsOld ? known : { ...known, [key]: record };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(records, null, 1)}\n`);
  writeFileSync(document, withTable(readFileSync(document, "utf8"), records));
}

/** What the server says it is. */
export async function serverVersion(lab: Lab): Promise<string> {
  const [row] = await lab.metadb.query("select version() as version, @@version_comment as comment");
  // "OceanBase 4.3.5.3 seekdb (r1.4.0.0-...) (Built ...)": the number before it is that of the MySQL it resembles.
  const [own] = /OceanBase [\w.]+ \w+ \(r[\d.]+/.exec(String(row?.comment)) ?? [];
  return own === undefined ? String(row?.version) : `${own})`;
}

/** Whether anything had been stopped when it went wrong. */
export async function hadBegun(product: Product): Promise<boolean> {
  const runs = await product.ask<RunRow[]>("GET", "/runs").catch(() => []);
  return runs.some(({ t1 }) => t1 !== null);
}

/** Keeps what is needed to understand what went wrong. @returns where */
export async function keepEvidence(cell: Cell, product: Product, error: string): Promise<string> {
  const folder = join(root, ".cache/metadb-matrix", keyOfCell(cell));
  mkdirSync(folder, { recursive: true });
  const save = (name: string, text: string) => writeFileSync(join(folder, name), text);
  save("error.txt", error);
  save("dashboard.log", product.output);
  const runs = await product.ask<RunRow[]>("GET", "/runs").catch(() => []);
  for (const { id, purpose } of runs) {
    const events = await product.ask("GET", `/runs/${id}/events`).catch(() => []);
    save(`events-${purpose}-${id}.json`, JSON.stringify(events, null, 1));
  }
  return folder;
}
