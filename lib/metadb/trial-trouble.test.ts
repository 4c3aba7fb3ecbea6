import assert from "node:assert/strict";
import { test } from "node:test";
import { dumpExit } from "#lib/commands/dump-scripts.ts";
import { inEnglish } from "#lib/domain/message.ts";
import { type TrialPlace, troubleOf } from "./trial-trouble.ts";

const place: TrialPlace = {
  ...{ node: "hz-1", user: "oms_meta", directory: "/backups" },
  server: { family: "mariadb", release: [10, 11, 19], version: "10.11.19-MariaDB" },
  tool: {
    ...{ place: "host", dump: "/usr/bin/mysqldump", client: "/usr/bin/mysql", options: [] },
    ...{ version: "9.7.4", clientVersion: "9.7.4", compressors: [] },
    ...{ initCommand: null, dumpTakesInit: true, tlsBy: "mode" },
  },
};

/** What programs and servers have said, and what helps. */
const cases: [what: string, code: number, stderr: string, remedy: RegExp][] = [
  [
    "a warning of something else before the words that count",
    dumpExit.structure,
    `mysqldump: Error: 'Access denied; you need (at least one of) the PROCESS privilege(s) for this operation' when trying to dump tablespaces
mysqldump: Couldn't execute 'show create table \`a ? "view"\`': Table 'oms_rm.a ? "view"' doesn't exist (1146)`,
    /do not fit together\. Install client programs of another release or family on hz-1/,
  ],
  [
    "a dump program that crashes",
    dumpExit.structure,
    "Segmentation fault",
    /do not fit together\. Install client programs of another release or family on hz-1/,
  ],
  [
    "values for generated columns",
    dumpExit.load,
    "ERROR 3105 (HY000) at line 379: The value specified for generated column 'b' in table 'x' is not allowed.",
    /Install the MySQL client programs/,
  ],
  [
    "triggers while the binary log is on",
    dumpExit.objects,
    "ERROR 1419 (HY000) at line 7: You do not have the SUPER privilege and binary logging is enabled",
    /SET GLOBAL log_bin_trust_function_creators = 1/,
  ],
  [
    "nothing that is known",
    dumpExit.load,
    "ERROR 9999 (HY000): strange",
    /^Mend what the message names/,
  ],
];

for (const [what, code, stderr, remedy] of cases) {
  test(what, () => assert.match(inEnglish(troubleOf(code, stderr, place)?.remedy ?? ""), remedy));
}

test("the last words are shown, not the statement that a client repeats", () => {
  const trouble = troubleOf(
    dumpExit.load,
    "ERROR 1064 (42000) at line 3: near 'x'\nINSERT secret",
    place,
  );
  assert.match(inEnglish(trouble?.message ?? ""), /ERROR 1064 \(42000\) at line 3: near 'x'$/);
});
