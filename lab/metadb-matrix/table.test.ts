import assert from "node:assert/strict";
import { test } from "node:test";
import { allCells, chosenCells, keyOfCell } from "./cells.ts";
import { type CellRecord, isRight, type Outcome } from "./outcome.ts";
import { tableOf, withTable } from "./table.ts";

const works: Outcome = { result: "works", applied: [], programs: ["mysqldump"], seconds: 60 };
const refused = (remedy: string): Outcome => ({
  ...{ result: "refused", applied: [] },
  refusals: [{ id: "trial.rm", evidence: "It cannot\nbe loaded.", remedy }],
});

function recordsOf(only: string, outcome: Outcome): Record<string, CellRecord> {
  const cells = chosenCells(only);
  const more = { outcome, version: "9.7.4", at: "2026-01-02T03:04:05.000Z" };
  return Object.fromEntries(cells.map((cell) => [keyOfCell(cell), { ...cell, ...more }]));
}

test("every server is met with each place of the programs, each account and each point", () => {
  assert.equal(new Set(allCells.map(keyOfCell)).size, allCells.length);
  for (const server of ["oceanbase", "mysql", "mariadb", "mariadb-11.8"]) {
    const cells = allCells.filter((cell) => cell.server === server);
    assert.equal(cells.length, server === "mysql" ? 12 : 9);
    for (const account of new Set(cells.map((cell) => cell.account))) {
      const points = cells.filter((cell) => cell.account === account).map(({ point }) => point);
      assert.equal(new Set(points).size, 3, `${server} ${account}`);
    }
  }
});

test("a choice that no cell fits is an error that names what there is", () => {
  assert.equal(chosenCells("mysql,host").length, 4);
  assert.equal(chosenCells(undefined).length, allCells.length);
  assert.throws(() => chosenCells("oracle"), /oceanbase\|mysql\|mariadb.*host\|old-image/);
  assert.throws(() => chosenCells("mariadb,host,partial-revoke"), /--only/);
});

test("a refusal is right with a way out of it, and an error never", () => {
  assert.equal(isRight(works), true);
  assert.equal(isRight(refused("Install MySQL's client programs.")), true);
  assert.equal(isRight(refused("")), false);
  assert.equal(isRight({ result: "wrong", error: "no", afterT1: false }), false);
});

test("the table tells what is known of each cell, and stands between its markers", () => {
  const records = {
    ...recordsOf("mysql,host,all", works),
    ...recordsOf("mysql,host,asked", refused("Install MySQL's client programs.")),
    ...recordsOf("mysql,host,role", { result: "wrong", error: "no | way", afterT1: true }),
  };
  const table = tableOf(records);
  assert.match(
    table,
    /\| MySQL 9 \(9\.7\.4\) \| the host's \| works, contents alike \| refused before T1 \| FAILED AFTER T1 \| not run \| 2026-01-02 \|/,
  );
  assert.match(table, /- .*\(asked\): It cannot be loaded\. → Install MySQL's client/);
  const document = "# Title\n\n<!-- matrix:begin -->\nold\n<!-- matrix:end -->\n\nMore.\n";
  const once = withTable(document, records);
  assert.ok(!once.includes("old") && once.endsWith("<!-- matrix:end -->\n\nMore.\n"));
  assert.equal(withTable(once, records), once);
  assert.throws(() => withTable("# Title\n", records), /has no <!-- matrix:begin/);
});
