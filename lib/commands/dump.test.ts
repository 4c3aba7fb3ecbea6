import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Compression } from "#lib/domain/compression.ts";
import { DumpTool } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { passwordLogin } from "#lib/domain/server-login.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { loginLines } from "./client-login.ts";
import { showCommand } from "./command.ts";
import { dumpData, dumpPart, restoreClient, showDump, showRestore } from "./dump.ts";
import { fileOf, proveFiles, readFileReports } from "./dump-reports.ts";
import { dumpExit, dumpScript, rehearseScript, restoreScript } from "./dump-scripts.ts";
import { objectsDump } from "./objects-dump.ts";
import { testShells } from "./tests/shells.ts";

const server = { host: "10.0.0.1", port: 2883, user: "root@oms#obcluster", tls: withoutTls };
const known = DumpTool.parse({
  dump: "/usr/bin/mysqldump",
  client: "/usr/bin/mysql",
  version: "10.19",
  options: ["--single-transaction", "--no-tablespaces"],
  compressors: ["zstd", "gzip"],
});

test("the exact commands; the password is in none of them", () => {
  assert.equal(
    showCommand(dumpData(known, server, "oms rm")),
    "/usr/bin/mysqldump --defaults-file=/dev/stdin --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --single-transaction --no-tablespaces --triggers=false --skip-add-locks -- 'oms rm'",
  );
  assert.equal(
    showCommand(dumpPart(known, server, "rm", ["a", "b c"], 20)),
    "/usr/bin/mysqldump --defaults-file=/dev/stdin --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --single-transaction --no-tablespaces --triggers=false --skip-add-locks '--where=1=1 LIMIT 20' --ignore-table=rm.a '--ignore-table=rm.b c' -- rm",
  );
  assert.equal(
    showCommand(restoreClient(known, server, "-rm")),
    "/usr/bin/mysql --defaults-file=/dev/fd/3 --host=10.0.0.1 --port=2883 --protocol=tcp '--user=root@oms#obcluster' --default-character-set=utf8mb4 --comments --binary-mode -- -rm",
  );
});

test("the way to the file and back is shown as it will run", () => {
  const dump = dumpData(known, server, "rm");
  assert.match(showDump(dump, "zstd", "/b/a b.zst"), / -- rm \| zstd -q -3 -c > '\/b\/a b\.zst'$/);
  assert.match(showDump(dump, "gzip", "/b/rm.gz"), / -- rm \| gzip -1 -c > \/b\/rm\.gz$/);
  assert.match(showDump(dump, "none", "/b/rm"), / -- rm > \/b\/rm$/);
  const client = restoreClient(known, server, "rm");
  assert.match(
    showRestore(client, "zstd", "/b/x"),
    /^zstd -q -d -c < \/b\/x \| \/usr\/bin\/mysql /,
  );
  assert.match(showRestore(client, "none", "/b/x"), /^\/usr\/bin\/mysql .* -- rm < \/b\/x$/);
});

/** A stand-in for mysqldump: writes down its options, then does as the file `behaviour` says. */
const fakeDump = `#!/bin/sh
here=$(dirname "$0")
cat > "$here/options-seen"
for last in "$@"; do :; done
head="-- Host: 10.0.0.1    Database: $last"
end='-- Dump completed on today'
case $(cat "$here/behaviour") in
  good) printf '%s\\n' "$head" 'CREATE TABLE t (id int);' "-- $last" "$end" ;;
  large) echo "$head"; seq 100000; printf '\\n%s\\n' "$end" ;;
  empty) ;;
  short) echo 'CREATE TABLE t (id int);' ;;
  fails) echo 'INSERT'; echo 'Got error: 2013' >&2; exit 3 ;;
  fails-late) printf '%s\\n' 'CREATE TABLE t (id int);' "$end"; exit 2 ;;
  uses) printf '%s\\n' 'USE other;' "$end" ;;
  creates) printf '%s\\n' 'CREATE DATABASE /*!32312 IF NOT EXISTS*/ other;' "$end" ;;
esac
`;
/** A stand-in for mysql: keeps the options of descriptor 3 and what it was given to load. */
const fakeClient = `#!/bin/sh
here=$(dirname "$0")
cat <&3 > "$here/options-seen"
cat >> "$here/loaded"
[ ! -e "$here/client-fails" ] || { echo 'ERROR 1064 at line 1' >&2; exit 1; }
`;

const folder = mkdtempSync(join(tmpdir(), "uplift dump's $x-"));
const tool: DumpTool = { ...known, dump: join(folder, "dump it"), client: join(folder, "load it") };
const kinds = Compression.options;

before(() => {
  for (const [path, text] of [
    [tool.dump, fakeDump],
    [tool.client, fakeClient],
  ] as const) {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  }
});
after(() => rmSync(folder, { recursive: true }));

const objectsText = objectsDump(
  { database: "da ta", collation: "utf8mb4_bin", serverVersion: "10.11.6" },
  [
    {
      ...{ kind: "PROCEDURE", name: "p", definer: "a@b", sqlMode: "", timeZone: null },
      ...{ collation: "utf8mb4_general_ci", databaseCollation: "utf8mb4_bin" },
      statement: "CREATE PROCEDURE `da ta`.`p`()\nUSE INDEX; -- a line that looks like another",
    },
  ],
);

const password = new Secret(`p'q"r\\s $t \`u\` #v %d é`);
const lines = loginLines(passwordLogin(password, "off")).map((line) => line.reveal());
const stdin = `${lines.join("\n")}\n`;
const optionFile = `[client]\npassword="${lines[0]}"\n`;

// The tools of a minimal host are those of the job scripts: dumps need more.
const shells = testShells(folder).filter(({ name }) => /^(dash|bash as sh|busybox)$/.test(name));

for (const { name, sh, env } of shells) {
  const can = (how: Compression) =>
    how === "none" || spawnSync(sh, ["-c", 'command -v "$1"', "sh", how], { env }).status === 0;
  const run = (script: string, parameters: readonly string[], input = "") =>
    spawnSync(sh, ["-c", script, "sh", ...parameters], {
      ...{ input: `${stdin}${Buffer.from(input).toString("base64")}\n`, encoding: "utf8", env },
    });
  const prove = (path: string, compression: Compression) => {
    const [, , script = "", , ...parameters] = proveFiles([{ path, compression }]).argv;
    return run(script, parameters);
  };
  const dump = (behaviour: string, how: Compression, objects = false) => {
    writeFileSync(join(folder, "behaviour"), behaviour);
    const directory = join(folder, `out ${name} ${behaviour} ${how}`);
    const data = dumpData(tool, server, "da ta").argv;
    const files = ["rm.sql", objects ? "rm.objects.sql" : ""];
    const result = run(dumpScript, [directory, ...files, how, ...data], objects ? objectsText : "");
    return { ...result, directory, path: join(directory, "rm.sql") };
  };
  const load = (script: string, files: [Compression | "input", string][], input = "") => {
    rmSync(join(folder, "loaded"), { force: true });
    const [data, objects] = files;
    const client = restoreClient(tool, server, "rm").argv;
    return run(script, [...(data ?? ["", ""]), ...(objects ?? ["", ""]), ...client], input);
  };
  const loaded = () => readFileSync(join(folder, "loaded"), "utf8");

  for (const how of kinds.filter(can)) {
    describe(`dumps stored as ${how} in ${name}`, () => {
      test("both files are written, private, and reported with both sizes and their source", () => {
        const { status, stdout, stderr, directory } = dump("good", how, true);
        assert.equal(status, 0, stderr);
        const [data, objects, ...more] = readFileReports(stdout);
        assert.deepEqual(more, []);
        assert.equal(data?.path, join(directory, "rm.sql"));
        assert.equal(objects?.path, join(directory, "rm.objects.sql"));
        assert.deepEqual([data?.database, objects?.database], ["da ta", "da ta"]);
        assert.deepEqual([data?.compression, data?.tables], [how, 1]);
        const stored = readFileSync(join(directory, "rm.sql"));
        assert.equal(data?.bytes, stored.length);
        assert.equal(data?.sha256, createHash("sha256").update(stored).digest("hex"));
        if (how === "none") assert.equal(data?.textBytes, stored.length);
        assert.equal(statSync(join(directory, "rm.sql")).mode & 0o777, 0o600);
        assert.equal(statSync(directory).mode & 0o777, 0o700);
        assert.deepEqual(readdirSync(directory).sort(), ["rm.objects.sql", "rm.sql"]);
      });

      test("the password arrives as an option file, byte for byte", () => {
        dump("good", how);
        assert.equal(readFileSync(join(folder, "options-seen"), "utf8"), optionFile);
      });

      for (const [behaviour, code, words] of [
        ["empty", dumpExit.empty, /is empty/],
        ["short", dumpExit.cutShort, /lacks its closing line/],
        ["fails", dumpExit.toolFailed, /2013[\s\S]*exited with 3/],
        // A whole file, and an exit code behind it that says otherwise: the pipeline's own is 0.
        ["fails-late", dumpExit.toolFailed, /exited with 2/],
        ["uses", dumpExit.elsewhere, /1 lines that name a database/],
        ["creates", dumpExit.elsewhere, /1 lines that name a database/],
      ] as const) {
        test(`${behaviour}: says so and leaves no file under the final name`, () => {
          const { status, stderr, stdout, path } = dump(behaviour, how, true);
          assert.equal(status, code, stderr);
          assert.match(stderr, words);
          assert.equal(stdout, "");
          assert.throws(() => statSync(path));
        });
      }

      test("the proof tells the same again, and of a large file its text", () => {
        const { stdout, path } = dump("large", how);
        const seen = prove(path, how);
        assert.equal(seen.status, 0, seen.stderr);
        assert.deepEqual(readFileReports(seen.stdout), readFileReports(stdout));
        assert.ok(Number(readFileReports(stdout)[0]?.textBytes) > 500_000);
      });

      test("the proof notices a missing, an emptied, a truncated and a flipped file", () => {
        const { path } = dump("large", how);
        const whole = readFileSync(path);
        assert.equal(prove(`${path}.none`, how).status, dumpExit.missing);
        writeFileSync(path, "");
        const emptied = prove(path, how).status;
        assert.ok(emptied === dumpExit.empty || emptied === dumpExit.unreadable, `${emptied}`);
        writeFileSync(path, whole.subarray(0, whole.length - 20));
        const cut = how === "none" ? dumpExit.cutShort : dumpExit.unreadable;
        assert.equal(prove(path, how).status, cut);
        if (how === "none") return;
        const flipped = Buffer.from(whole);
        const middle = Math.floor(whole.length / 2);
        flipped[middle] = (flipped[middle] ?? 0) ^ 0x10;
        writeFileSync(path, flipped);
        assert.equal(prove(path, how).status, dumpExit.unreadable);
      });

      test("the restore loads data, then objects, with the options on descriptor 3", () => {
        const { directory } = dump("good", how, true);
        const files = ["rm.sql", "rm.objects.sql"].map((file): [Compression, string] => [
          how,
          join(directory, file),
        ]);
        const { status, stdout, stderr } = load(restoreScript, files);
        assert.equal(status, 0, stderr);
        assert.equal(stdout, "uplift-restored\n");
        assert.match(loaded(), /-- da ta\n/);
        assert.ok(loaded().endsWith(objectsText));
        assert.equal(readFileSync(join(folder, "options-seen"), "utf8"), optionFile);
      });

      test("a client that fails and a file that cannot be read to its end both count", () => {
        const { path } = dump("large", how);
        writeFileSync(join(folder, "client-fails"), "");
        const failed = load(restoreScript, [[how, path]]);
        rmSync(join(folder, "client-fails"));
        assert.deepEqual([failed.status, failed.stdout], [1, ""]);
        assert.match(failed.stderr, /ERROR 1064/);
        if (how === "none") return;
        truncateSync(path, statSync(path).size - 20);
        const cut = load(restoreScript, [[how, path]]);
        assert.deepEqual([cut.status, cut.stdout], [dumpExit.unreadable, ""]);
      });

      test("a rehearsal loads nothing that names a database", () => {
        const { path } = dump("good", how, true);
        const good = load(rehearseScript, [[how, path]]);
        assert.deepEqual([good.status, good.stdout], [0, "uplift-restored\n"]);
        const store = (file: string, text: string) => {
          const tools = { zstd: "zstd -q -c", gzip: "gzip -c", none: "cat" };
          const made = spawnSync(sh, ["-c", tools[how]], { input: text, env });
          writeFileSync(file, made.stdout);
        };
        const end = "-- Dump completed on today\n";
        const files: [Compression | "input", string][] = [
          [how, path],
          ["input", ""],
        ];
        const practice = load(rehearseScript, files, "-- events that never run\n");
        assert.equal(practice.status, 0, practice.stderr);
        assert.match(loaded(), /-- da ta\n[\s\S]*-- events that never run\n/);
        for (const statement of ["USE `oms_rm`;", "DROP DATABASE oms_rm;", "ALTER DATABASE x;"]) {
          store(path, `${statement}\n${end}`);
          assert.equal(load(rehearseScript, [[how, path]]).status, dumpExit.elsewhere, statement);
          assert.throws(loaded, "nothing was loaded");
        }
      });
    });
  }
}

test("a disk that is full stops the dump: the compressor's own exit code counts", () => {
  writeFileSync(join(folder, "behaviour"), "large");
  const data = dumpData(tool, server, "da ta").argv;
  for (const how of kinds) {
    const directory = join(folder, `full ${how}`);
    mkdirSync(directory);
    symlinkSync("/dev/full", join(directory, "rm.sql.part"));
    // The script removes what is in its place: here it cannot.
    const script = dumpScript.replace('rm -f -- "$target.part"', ":");
    const parameters = [directory, "rm.sql", "", how, ...data];
    const result = spawnSync("sh", ["-c", script, "sh", ...parameters], {
      ...{ input: stdin, encoding: "utf8" as const },
    });
    assert.equal(result.status, dumpExit.toolFailed, result.stderr);
    assert.match(result.stderr, /No space left/);
    assert.throws(() => statSync(join(directory, "rm.sql")));
  }
});

test("what an earlier release's script reported is read as well", () => {
  const line = `uplift-file 5 ${"a".repeat(64)} /b/a b.sql\n`;
  assert.deepEqual(readFileReports(line).map(fileOf), [
    {
      ...{ path: "/b/a b.sql", bytes: 5, sha256: "a".repeat(64) },
      ...{ compression: "none", textBytes: null },
    },
  ]);
});

test("MariaDB's own reader of option files gets the password back", (context) => {
  const reader = spawnSync("my_print_defaults", ["--version"]);
  if (reader.error) return context.skip("no my_print_defaults here");
  const file = join(folder, "options");
  writeFileSync(file, `[client]\npassword="${lines[0]}"\n`);
  const { stdout } = spawnSync("my_print_defaults", [`--defaults-file=${file}`, "client"], {
    encoding: "utf8",
  });
  assert.ok(stdout.split("\n").includes(`--password=${password.reveal()}`), stdout);
});
