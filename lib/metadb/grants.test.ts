import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyServer } from "#lib/domain/flavour.ts";
import { grantsOf, readGrants } from "./grants.ts";
import type { SqlRow } from "./types.ts";

const needed = ["SELECT", "DROP", "CREATE"];

const cases: [what: string, lines: string[], lacking: string[]][] = [
  ["no grant", ["GRANT USAGE ON *.* TO `u`@`%`"], needed],
  ["all on the database", ["GRANT ALL PRIVILEGES ON `oms_rm`.* TO `u`@`%`"], []],
  ["all everywhere", ["GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION"], []],
  ["single rights", ["GRANT SELECT, DROP ON `oms_rm`.* TO `u`@`%`"], ["CREATE"]],
  ["of another database", ["GRANT ALL PRIVILEGES ON `other`.* TO `u`@`%`"], needed],
  ["a pattern", ["GRANT ALL PRIVILEGES ON `oms\\_%`.* TO `u`@`%`"], []],
  [
    "an escaped pattern of another name",
    ["GRANT ALL PRIVILEGES ON `omsx\\_%`.* TO `u`@`%`"],
    needed,
  ],
  ["an unescaped underscore", ["GRANT ALL PRIVILEGES ON `oms_rm`.* TO 'u'"], []],
  ["on one table only", ["GRANT SELECT, DROP, CREATE ON `oms_rm`.`t` TO `u`@`%`"], needed],
  ["double quotes", ['GRANT SELECT, DROP, CREATE ON "oms_rm".* TO "u"@"%"'], []],
  [
    "a partial revoke",
    ["GRANT SELECT, CREATE, DROP ON *.* TO `u`@`%`", "REVOKE DROP ON `oms_rm`.* FROM `u`@`%`"],
    ["DROP"],
  ],
  [
    "a partial revoke from all, given back on the database",
    [
      "GRANT ALL PRIVILEGES ON *.* TO `u`@`%`",
      "REVOKE DROP ON `oms_rm`.* FROM `u`@`%`",
      "GRANT DROP ON `oms_rm`.* TO `u`@`%`",
    ],
    [],
  ],
  [
    "a partial revoke of another database",
    ["GRANT ALL PRIVILEGES ON *.* TO `u`@`%`", "REVOKE DROP ON `other`.* FROM `u`@`%`"],
    [],
  ],
];

for (const [what, lines, lacking] of cases) {
  test(`rights: ${what}`, () => {
    assert.deepEqual(grantsOf(lines).on("oms_rm").lacking(needed), lacking);
  });
}

test("what is granted everywhere is told apart from what a database has", () => {
  const grants = grantsOf([
    "GRANT PROCESS, SET_ANY_DEFINER ON *.* TO `u`@`%`",
    "GRANT SELECT ON `a`.* TO `u`@`%`",
  ]);
  assert.deepEqual(grants.everywhere.lacking(["PROCESS", "SELECT"]), ["SELECT"]);
});

const oceanbase = identifyServer({ version: "5.7.25-OceanBase-v4.2.1.2", comment: "" });
const mysql = identifyServer({ version: "9.7.4", comment: "" });

/** A server that answers SHOW GRANTS by account or role, and refuses what is not in its list. */
function server(identity: typeof oceanbase, role: string, answers: Record<string, string[]>) {
  assert.ok(identity);
  return {
    server: identity,
    async query(statement: string): Promise<SqlRow[]> {
      if (statement.includes("CURRENT_ROLE")) return [{ roles: role }];
      const lines = answers[statement];
      if (!lines) throw new Error(`denied: ${statement}`);
      return lines.map((line) => ({ "Grants for": line }));
    },
  };
}

const account = ["GRANT USAGE ON *.* TO `u`@`%`", "GRANT `dba`@`%` TO `u`@`%`"];

test("rights through a role count where the server tells what the role holds", async () => {
  const role = ["GRANT ALL PRIVILEGES ON `oms_rm`.* TO `dba`@`%`"];
  for (const from of [
    server(oceanbase, "`dba`@`%`", { "SHOW GRANTS": account, "SHOW GRANTS FOR `dba`@`%`": role }),
    // MySQL and MariaDB have them among the account's own.
    server(mysql, "`dba`@`%`", { "SHOW GRANTS": [...account, ...role] }),
  ]) {
    const grants = await readGrants(from);
    assert.deepEqual(grants.on("oms_rm").lacking(needed), []);
    assert.deepEqual(grants.unreadableRoles, []);
  }
});

test("a role of which the server does not tell what it holds is named", async () => {
  const grants = await readGrants(server(oceanbase, "`dba`@`%`", { "SHOW GRANTS": account }));
  assert.deepEqual(grants.on("oms_rm").lacking(needed), needed);
  assert.deepEqual(grants.unreadableRoles, ["`dba`@`%`"]);
});
