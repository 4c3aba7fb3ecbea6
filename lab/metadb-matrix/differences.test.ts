import assert from "node:assert/strict";
import { test } from "node:test";
import { type MetadbSnapshot, withoutOwnDatabase } from "#lab/metadb/snapshot.ts";
import { differences } from "./differences.ts";

const table = (checksum: string, definition = "d") => ({ rows: 1, checksum, definition });
const snapshot = (change: Partial<MetadbSnapshot> = {}): MetadbSnapshot => ({
  databases: { oms_rm: { charset: "utf8mb4", collation: "utf8mb4_bin" } },
  tables: { "oms_rm.a": table("1"), "oms_cm.cm_node": table("2") },
  ...{ views: {}, triggers: { "oms_rm.t": "create trigger t" }, routines: {}, events: {} },
  ...change,
});

test("nothing differs but what OMS goes on writing", () => {
  const tables = { "oms_rm.a": table("1"), "oms_cm.cm_node": table("3") };
  assert.deepEqual(differences(snapshot(), snapshot({ tables })), []);
});

test("rows, definitions, what is gone and what is new are named", () => {
  const tables = { "oms_rm.a": table("9"), "oms_cm.cm_node": table("2", "other") };
  const after = snapshot({ tables, triggers: {}, views: { "oms_rm.v": "create view v" } });
  const found = differences(snapshot(), after);
  assert.deepEqual(
    found.map((one) => one.split(": ")[0]),
    ["tables oms_cm.cm_node", "tables oms_rm.a", "triggers oms_rm.t", "views oms_rm.v"],
  );
  assert.match(found[1] ?? "", /checksum\\":\\"1\\".* before, .*checksum\\":\\"9\\".* after/);
  assert.match(found[2] ?? "", /"create trigger t" before, "nothing" after/);
});

test("of a long definition that part is told in which it differs", () => {
  const long = `create trigger t ${"x".repeat(300)}`;
  const [found = ""] = differences(
    snapshot({ triggers: { "oms_rm.t": `${long} utf8mb4_bin` } }),
    snapshot({ triggers: { "oms_rm.t": `${long} utf8mb4_general_ci` } }),
  );
  assert.match(found, /utf8mb4_bin" before, .*utf8mb4_general_ci" after/);
});

test("a trigger's head may name the trigger's own database; its body is compared word for word", () => {
  const body =
    "for each row\n insert into `oms_rm`.`audit` values (1) -- for each row in `oms_rm`.x";
  const typed = `create trigger \`oms_rm\`.t after update on \`oms_rm\`.p ${body}`;
  assert.equal(withoutOwnDatabase(typed, "oms_rm"), `create trigger t after update on p ${body}`);
  assert.equal(withoutOwnDatabase(typed, "oms_cm"), typed);
});
