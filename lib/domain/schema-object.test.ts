import assert from "node:assert/strict";
import { test } from "node:test";
import { disabledEvent, unqualified } from "./schema-object.ts";

const triggers: [typed: string, made: string | null][] = [
  [
    "CREATE DEFINER = root@% trigger trg before insert on plain for each row begin end",
    "CREATE DEFINER = root@% trigger trg before insert on plain for each row begin end",
  ],
  [
    "CREATE DEFINER=`oms#1@x`@`10.%` TRIGGER `oms_rm`.`t.g` AFTER UPDATE ON `oms_rm`.`a``b` FOR EACH ROW SET @x = 'oms_rm.y'",
    "CREATE DEFINER=`oms#1@x`@`10.%` TRIGGER `t.g` AFTER UPDATE ON `a``b` FOR EACH ROW SET @x = 'oms_rm.y'",
  ],
  [
    "CREATE DEFINER=CURRENT_USER() TRIGGER oms_rm . 触发器\n BEFORE DELETE\tON oms_rm.表 FOR EACH ROW DELETE FROM oms_rm.z",
    "CREATE DEFINER=CURRENT_USER() TRIGGER 触发器\n BEFORE DELETE\tON 表 FOR EACH ROW DELETE FROM oms_rm.z",
  ],
  ["CREATE TRIGGER /* who */ t BEFORE INSERT ON a FOR EACH ROW SET @x = 1", null],
];

for (const [typed, made] of triggers) {
  test(`a trigger is made where it is loaded: ${typed.slice(0, 60)}`, () => {
    assert.equal(unqualified({ kind: "TRIGGER", statement: typed }), made);
  });
}

test("routines and events are made where they are loaded", () => {
  const head = "CREATE DEFINER=`root`@`%` PROCEDURE";
  assert.equal(
    unqualified({ kind: "PROCEDURE", statement: `${head} \`db\`.\`p1\`(in x int)\nselect 1` }),
    `${head} \`p1\`(in x int)\nselect 1`,
  );
  assert.equal(
    unqualified({ kind: "PROCEDURE", statement: `${head} \`p1\`(in x int) select 1` }),
    `${head} \`p1\`(in x int) select 1`,
  );
});

test("an event for practice never runs, whatever its body says", () => {
  const event =
    "CREATE DEFINER=`r`@`%` EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2024-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE COMMENT 'ENABLE' DO SELECT 'ON COMPLETION PRESERVE ENABLE'";
  assert.equal(
    disabledEvent(event),
    event.replace("PRESERVE ENABLE COMMENT", "PRESERVE DISABLE COMMENT"),
  );
});
