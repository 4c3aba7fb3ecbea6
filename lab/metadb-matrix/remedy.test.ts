import assert from "node:assert/strict";
import { test } from "node:test";
import { remedyStatements } from "./remedy.ts";

const of = (remedy: string, evidence = "", id = "trial.rm") =>
  remedyStatements([{ id, evidence, remedy }], "'oms'@'%'", ["oms_rm", "oms_cm"]);

test("rights that are missing are granted where they are missing", () => {
  const evidence = "Missing: DROP on oms_rm, CREATE VIEW on oms_cm. The server does not tell more.";
  assert.deepEqual(of("Grant the missing rights to the MetaDB user.", evidence, "rights.metadb"), [
    "GRANT DROP ON `oms_rm`.* TO 'oms'@'%'",
    "GRANT CREATE VIEW ON `oms_cm`.* TO 'oms'@'%'",
  ]);
});

test("a remedy's grants and settings are taken word for word, and each once", () => {
  const remedy =
    "GRANT ALL ON `uplift\\_rehearse\\_%`.* TO the user. Run SET GLOBAL ob_query_timeout = 600000000 as an administrator. " +
    "GRANT ALL ON `uplift\\_rehearse\\_%`.* TO the user.";
  assert.deepEqual(of(remedy), [
    "GRANT ALL ON `uplift\\_rehearse\\_%`.* TO 'oms'@'%'",
    "SET GLOBAL ob_query_timeout = 600000000",
  ]);
});

test("of several rights the first, and of a right on the database that on each", () => {
  const any = "GRANT SET_ANY_DEFINER or SET_USER_ID or SUPER ON *.* TO oms, so that it works.";
  assert.deepEqual(of(any), ["GRANT SET_ANY_DEFINER ON *.* TO 'oms'@'%'"]);
  assert.deepEqual(of("GRANT SHOW CREATE ROUTINE on the database"), [
    "GRANT SHOW CREATE ROUTINE ON `oms_rm`.* TO 'oms'@'%'",
    "GRANT SHOW CREATE ROUTINE ON `oms_cm`.* TO 'oms'@'%'",
  ]);
});

test("what is no statement for the server is none", () => {
  assert.deepEqual(of("Install the MySQL client programs (mysqldump and mysql) on hz-1."), []);
});
