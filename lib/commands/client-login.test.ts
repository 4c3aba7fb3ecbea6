import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { DumpTool } from "#lib/domain/facts.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { ServerLogin } from "#lib/domain/server-login.ts";
import { type ServerTls, withoutTls } from "#lib/domain/tls.ts";
import { loginLines } from "./client-login.ts";
import type { Command } from "./command.ts";
import { dumpData, restoreClient } from "./dump.ts";
import { dumpScript, restoreScript } from "./dump-scripts.ts";
import { testShells } from "./tests/shells.ts";

const pem = (label: string, lines: number) =>
  `-----BEGIN ${label}-----\n${"TUlJRGJqQ0NBbGFnQXdJQkFnSVVBPT0=\n".repeat(lines)}-----END ${label}-----\n`;
// More than a pipe holds at once.
const ca = pem("CERTIFICATE", 20) + pem("CERTIFICATE", 2_500);
const [cert, key] = [pem("CERTIFICATE", 20), pem("PRIVATE KEY", 25)];
const password = `p'q"r\\s $t`;

const id = "sec_000000000000" as SecretId;
const tls: ServerTls = {
  ...{ ...withoutTls, mode: "verify-ca", caId: id, certificateId: id, keyId: id },
};
const server = { host: "10.0.0.1", port: 2883, user: "root@oms#ob'x $y", tls };
const whole: ServerLogin = {
  password: new Secret(password),
  tls: {
    ...{ mode: "verify-ca", ca: new Secret(ca), publicKey: null },
    ...{ certificate: new Secret(cert), key: new Secret(key) },
  },
};
const without: ServerLogin = { ...whole, tls: { ...whole.tls, certificate: null, key: null } };

const folder = mkdtempSync(join(tmpdir(), "uplift login's $x-"));
after(() => rmSync(folder, { recursive: true }));

/** Keeps what it is told, opens each file twice, as programs may, and looks for files that have a name. */
const program = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$@" > "$here/words"
for word do
  case $word in
    --defaults-file=*) cat "\${word#*=}" > "$here/options" ;;
    --ssl-*=/dev/fd/*) for time in 1 2; do cat "\${word#*=}" > "$here/\${word%%=*}.$time"; done ;;
  esac
done
while IFS= read -r made; do ls -- "$made"; done < "$here/made" > "$here/lying" 2>/dev/null
[ ! -e "$here/dies" ] || kill -9 $PPID $$
printf '%s\\n' 'CREATE TABLE t (id int);' '-- Dump completed on today'
[ "\${0##*/}" = dump ] || cat >/dev/null
`;
/** What \`docker run\` does with our words, without Docker: nothing but standard streams leads into a container. */
const docker = `#!/bin/sh
while [ "$1" != --entrypoint ]; do shift; done
entry=$2
shift 3
exec "$entry" "$@" 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
`;
/** Writes down what it makes. */
const mktemp = `#!/bin/sh
name=$(/usr/bin/mktemp "$@") || exit 1
echo "$name" | tee -a "$(dirname "$0")/made"
`;
for (const [name, text] of Object.entries({ dump: program, client: program, docker, mktemp })) {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}
const onHost = DumpTool.parse({
  ...{ dump: join(folder, "dump"), client: join(folder, "client"), version: "9" },
  ...{ options: [], tlsBy: "mode" },
});
const tools = { host: onHost, image: { ...onHost, image: "sha256:0123456789abcdef" } };

const seen = (name: string) => readFileSync(join(folder, name), "utf8");
const shells = testShells(folder).filter(({ name }) => /^(dash|bash as sh|busybox)$/.test(name));

beforeEach(() => {
  for (const name of readdirSync(folder)) {
    if (/^(--ssl|words|options|lying|made|dies|rm)/.test(name)) rmSync(join(folder, name));
  }
});

for (const { name, sh, env } of shells) {
  const PATH = `${folder}:${env.PATH}`;
  const run = (
    script: string,
    parameters: readonly string[],
    { argv }: Command,
    login: ServerLogin,
  ) =>
    spawnSync(sh, ["-c", script, "sh", ...parameters, ...argv], {
      input: `${loginLines(login)
        .map((line) => line.reveal())
        .join("\n")}\n`,
      ...{ encoding: "utf8", env: { ...env, PATH, TMPDIR: folder } },
    });
  for (const [place, tool] of Object.entries(tools)) {
    const dump = (login: ServerLogin, tls = server.tls) =>
      run(
        dumpScript,
        [folder, "rm.sql", "", "none"],
        dumpData(tool, { ...server, tls }, "rm"),
        login,
      );
    const restore = (login: ServerLogin) => {
      writeFileSync(join(folder, "rm.sql"), "-- a dump\n");
      const parameters = ["none", join(folder, "rm.sql"), "", ""];
      return run(restoreScript, parameters, restoreClient(tool, server, "rm"), login);
    };
    describe(`programs of the ${place}, in ${name}`, () => {
      for (const [what, act] of [
        ["dump", dump],
        ["restore", restore],
      ] as const) {
        test(`${what}: the files of a log-in arrive whole, and lie nowhere`, () => {
          const { status, stderr } = act(whole);
          assert.equal(status, 0, stderr);
          assert.equal(seen("options"), `[client]\npassword="p'q\\"r\\\\s $t"\n`);
          for (const time of [1, 2]) {
            assert.equal(seen(`--ssl-ca.${time}`), ca);
            assert.equal(seen(`--ssl-cert.${time}`), cert + key);
            assert.equal(seen(`--ssl-key.${time}`), cert + key);
          }
          assert.equal(seen("lying"), "");
          assert.ok(seen("made").startsWith("/dev/shm/"), "in memory, where there is such a place");
          assert.doesNotMatch(seen("words"), /TUlJ|p'q/);
        });
      }

      test("what there is no file for is not there", () => {
        const { status, stderr } = dump(without, { ...server.tls, keyId: null });
        assert.equal(status, 0, stderr);
        assert.equal(seen("--ssl-ca.1"), ca);
        assert.equal(existsSync(join(folder, "--ssl-cert.1")), false);
      });

      test("nothing lies there either when it is killed at once", () => {
        writeFileSync(join(folder, "dies"), "");
        assert.notEqual(dump(whole).status, 0);
        const made = seen("made").trim().split("\n");
        assert.equal(made.length, place === "host" ? 2 : 4);
        assert.deepEqual(made.filter(existsSync), []);
      });
    });
  }
}
