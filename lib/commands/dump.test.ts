import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { DumpTool } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { showCommand } from "./command.ts";
import {
  dumpData,
  dumpExit,
  dumpObjects,
  dumpScript,
  fileReport,
  optionFilePassword,
  proveScript,
  restoreClient,
  restoreScript,
} from "./dump.ts";

const server = { host: "10.0.0.1", port: 2883, user: "root@oms#obcluster" };
const known: DumpTool = {
  dump: "/usr/bin/mysqldump",
  client: "/usr/bin/mysql",
  version: "10.19",
  options: ["--single-transaction", "--no-tablespaces"],
};

test("the exact commands; the password is in none of them", () => {
  assert.equal(
    showCommand(dumpData(known, server, "oms rm")),
    "/usr/bin/mysqldump --defaults-extra-file=/dev/stdin --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --single-transaction --no-tablespaces --triggers=false -- 'oms rm'",
  );
  assert.equal(
    showCommand(dumpObjects(known, server, "rm")),
    "/usr/bin/mysqldump --defaults-extra-file=/dev/stdin --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --skip-opt --no-tablespaces --no-create-info --no-data --triggers --routines --events -- rm",
  );
  assert.equal(
    showCommand(restoreClient(known, server, "-rm")),
    "/usr/bin/mysql --defaults-extra-file=/dev/fd/3 --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --binary-mode -- -rm",
  );
});

let folder: string;
let tool: DumpTool;

/** A stand-in for mysqldump: writes down its options, then does as the file `behaviour` says. */
const fakeDump = `#!/bin/sh
here=$(dirname "$0")
cat > "$here/options-seen"
for last in "$@"; do :; done
case $(cat "$here/behaviour") in
  good) printf 'CREATE TABLE t (id int);\\n-- %s\\n-- Dump completed on today\\n' "$last" ;;
  empty) ;;
  short) echo 'CREATE TABLE t (id int);' ;;
  fails) echo 'INSERT'; echo 'Got error: 2013' >&2; exit 3 ;;
esac
`;
/** A stand-in for mysql: keeps the options of descriptor 3 and what it was given to load. */
const fakeClient = `#!/bin/sh
here=$(dirname "$0")
cat <&3 > "$here/options-seen"
cat >> "$here/loaded"
`;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "uplift dump's $x-"));
  tool = { ...known, dump: join(folder, "dump it"), client: join(folder, "load it") };
  writeFileSync(tool.dump, fakeDump);
  writeFileSync(tool.client, fakeClient);
  chmodSync(tool.dump, 0o755);
  chmodSync(tool.client, 0o755);
});
after(() => rmSync(folder, { recursive: true }));

const password = new Secret(`p'q"r\\s $t \`u\` #v %d é`);
const stdin = `${optionFilePassword(password).reveal()}\n`;

function run(shell: string, script: string, parameters: string[]) {
  return spawnSync(shell, ["-c", script, "sh", ...parameters], { input: stdin, encoding: "utf8" });
}

function dump(shell: string, behaviour: string, objects: boolean) {
  writeFileSync(join(folder, "behaviour"), behaviour);
  const directory = join(folder, `out ${shell} ${behaviour}`);
  const data = dumpData(tool, server, "da ta").argv;
  const more = dumpObjects(tool, server, "ob jects").argv;
  const result = run(shell, dumpScript, [
    directory,
    "rm.sql",
    objects ? "rm.objects.sql" : "",
    String(data.length),
    ...data,
    ...(objects ? more : []),
  ]);
  return { ...result, directory };
}

for (const shell of ["dash", "bash"]) {
  describe(`the dump script in ${shell}`, () => {
    test("writes both files, private, and reports size and checksum", () => {
      const { status, stdout, directory } = dump(shell, "good", true);
      assert.equal(status, 0);
      const reports = [...stdout.matchAll(fileReport)];
      assert.deepEqual(
        reports.map(([, , , path]) => path),
        [join(directory, "rm.sql"), join(directory, "rm.objects.sql")],
      );
      assert.match(readFileSync(join(directory, "rm.sql"), "utf8"), /-- da ta\n/);
      assert.match(readFileSync(join(directory, "rm.objects.sql"), "utf8"), /-- ob jects\n/);
      assert.equal(Number(reports[0]?.[1]), statSync(join(directory, "rm.sql")).size);
      assert.equal(statSync(join(directory, "rm.sql")).mode & 0o777, 0o600);
      assert.equal(statSync(directory).mode & 0o777, 0o700);
    });

    test("hands the password over as an option file, byte for byte", () => {
      dump(shell, "good", false);
      const seen = readFileSync(join(folder, "options-seen"), "utf8");
      assert.equal(seen, `[client]\npassword="${stdin.trimEnd()}"\n`);
    });

    for (const [behaviour, code, words] of [
      ["empty", dumpExit.empty, /is empty/],
      ["short", dumpExit.cutShort, /lacks its closing line/],
      ["fails", dumpExit.toolFailed, /2013[\s\S]*exited with 3/],
    ] as const) {
      test(`${behaviour}: says so and leaves no file under the final name`, () => {
        const { status, stderr, stdout, directory } = dump(shell, behaviour, true);
        assert.equal(status, code);
        assert.match(stderr, words);
        assert.equal(stdout, "");
        assert.throws(() => statSync(join(directory, "rm.sql")));
      });
    }

    test("the proof notices a missing, an empty and a cut file", () => {
      const directory = join(folder, `proof ${shell}`);
      mkdirSync(directory);
      const files: [string, string, number][] = [
        ["good.sql", "x\n-- Dump completed on today\n", 0],
        ["cut.sql", "x\n", dumpExit.cutShort],
        ["empty.sql", "", dumpExit.empty],
      ];
      for (const [name, content, code] of files) {
        writeFileSync(join(directory, name), content);
        assert.equal(run(shell, proveScript, [join(directory, name)]).status, code, name);
      }
      assert.equal(run(shell, proveScript, [join(directory, "none.sql")]).status, 67);
    });

    test("the restore loads data, then objects, with the options on descriptor 3", () => {
      const directory = join(folder, `restore ${shell}`);
      mkdirSync(directory);
      writeFileSync(join(directory, "a b.sql"), "one\n");
      writeFileSync(join(directory, "c.sql"), "two\n");
      writeFileSync(join(folder, "loaded"), "");
      const files = [join(directory, "a b.sql"), join(directory, "c.sql")];
      const client = restoreClient(tool, server, "rm").argv;
      const { status, stdout } = run(shell, restoreScript, [...files, ...client]);
      assert.equal(status, 0);
      assert.equal(stdout, "uplift-restored\n");
      assert.equal(readFileSync(join(folder, "loaded"), "utf8"), "one\ntwo\n");
      const seen = readFileSync(join(folder, "options-seen"), "utf8");
      assert.equal(seen, `[client]\npassword="${stdin.trimEnd()}"\n`);
    });
  });
}

test("MariaDB's own reader of option files gets the password back", (context) => {
  const reader = spawnSync("my_print_defaults", ["--version"]);
  if (reader.error) return context.skip("no my_print_defaults here");
  const file = join(folder, "options");
  writeFileSync(file, `[client]\npassword="${stdin.trimEnd()}"\n`);
  const { stdout } = spawnSync("my_print_defaults", [`--defaults-file=${file}`, "client"], {
    encoding: "utf8",
  });
  assert.ok(stdout.split("\n").includes(`--password=${password.reveal()}`), stdout);
});
