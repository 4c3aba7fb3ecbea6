import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { DumpTool } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { passwordLogin } from "#lib/domain/server-login.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { loginLines } from "./client-login.ts";
import { type Command, showCommand } from "./command.ts";
import { dumpData, restoreClient } from "./dump.ts";

const server = { host: "10.0.0.1", port: 2883, user: "root@oms#ob'x $y", tls: withoutTls };
const image = "sha256:0123456789abcdef";
const passwords = ["plain", `a"b\\c#d'e $f \`g\``, "  two  spaces  "];

/** What `docker run` does with our words, without Docker: the program, with nothing but standard streams. */
const fakeDocker = `#!/bin/sh
printf '%s\\n' "$@" > "$(dirname "$0")/docker-words"
while [ "$1" != --entrypoint ]; do shift; done
entry=$2
shift 3
exec "$entry" "$@" 3<&- 4<&- 5<&-`;
const fakeClient = `#!/bin/sh
here=$(dirname "$0")
cat /dev/fd/3 > "$here/options"
cat > "$here/input"
exit "$(cat "$here/code")"`;
const fakeDump = `#!/bin/sh
cat /dev/stdin > "$(dirname "$0")/options"
echo "-- a dump"`;

let folder: string;
let tool: DumpTool;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "uplift-image-tool-"));
  for (const [name, text] of Object.entries({
    docker: fakeDocker,
    mysql: fakeClient,
    mysqldump: fakeDump,
  })) {
    writeFileSync(join(folder, name), `${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  tool = DumpTool.parse({
    place: "old-image",
    image,
    dump: join(folder, "mysqldump"),
    client: join(folder, "mysql"),
    ...{ version: "10.19", options: [] },
  });
});
after(() => rmSync(folder, { recursive: true }));

/** The password as it stands in an option file. */
const escaped = (password: string) =>
  loginLines(passwordLogin(new Secret(password), "off"))[0]?.reveal() ?? "";

const seen = (name: string) => readFileSync(join(folder, name));

/** Runs a command as the scripts do: its options on descriptor 3 (or standard input), the dump on the other. */
function run({ argv }: Command, password: string, dump: Buffer | null) {
  const line = escaped(password);
  writeFileSync(join(folder, "dump"), dump ?? "");
  const script =
    dump === null
      ? `IFS= read -r p; printf '[client]\\npassword="%s"\\n' "$p" | "$@"`
      : `IFS= read -r p; file=$1; shift; printf '[client]\\npassword="%s"\\n' "$p" | "$@" 3<&0 < "$file"`;
  const words = dump === null ? argv : [join(folder, "dump"), ...argv];
  return spawnSync("sh", ["-c", script, "sh", ...words], {
    input: `${line}\n`,
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
}

test("the tools run in a container that goes, with the host's network and without Docker's log", () => {
  assert.match(
    showCommand(dumpData(tool, server, "oms rm")),
    /^docker run --rm -i --network host --log-driver none -e 'LC_ALL=C' -e 'MYSQL_TEST_LOGIN_FILE=\/dev\/null' --entrypoint sh sha256:0123456789abcdef -c [\s\S]*mysqldump --defaults-file=\/dev\/stdin .*-- 'oms rm'$/,
  );
  assert.match(showCommand(restoreClient(tool, server, "rm")), /docker run --rm -i --network host/);
});

for (const password of passwords) {
  describe(`with the password ${password}`, () => {
    const options = () => `[client]\npassword="${escaped(password)}"\n`;

    test("a dump reads its options and writes what it writes", () => {
      const { stdout, status } = run(dumpData(tool, server, "rm"), password, null);
      assert.equal(status, 0);
      assert.equal(stdout.toString(), "-- a dump\n");
      assert.equal(seen("options").toString(), options());
    });

    test("a restore gets its options, and every byte of the dump, and tells its exit code", () => {
      const dump = Buffer.concat([
        Buffer.from("first line\nsecond"),
        Buffer.from(Array.from({ length: 200_000 }, (_, n) => n % 256)),
      ]);
      for (const code of [0, 3]) {
        writeFileSync(join(folder, "code"), String(code));
        const { status, stderr } = run(restoreClient(tool, server, "rm"), password, dump);
        assert.equal(status, code, stderr.toString());
        assert.equal(seen("options").toString(), options());
        assert.ok(seen("input").equals(dump));
      }
      assert.ok(!seen("docker-words").toString().includes(password));
    });
  });
}
