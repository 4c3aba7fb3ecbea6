import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { command, script } from "#lib/commands/command.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import { english } from "#lib/i18n/english.ts";
import { createHosts } from "./hosts.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";
import type { Hosts, HostTarget } from "./types.ts";

const timeoutMs = 10_000;

/** Expects an error with a code whose message names the host, and gives it back. */
async function failure(promise: Promise<unknown>, code: ErrorCode): Promise<UpliftError> {
  const error = await promise.then(
    () => assert.fail(`expected ${code}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UpliftError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, /node-1 \(.+:\d+\)/);
  assert.ok(english(error.remedy).length > 10);
  return error;
}

/** Looks until it holds. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !holds(); await sleep(20)) {
    assert.ok(Date.now() < end, `waited in vain until ${holds}`);
  }
}

describe("a host over SSH", () => {
  let sshd: PrivateSshd;
  let hosts: Hosts;
  before(async () => {
    sshd = await startPrivateSshd();
    hosts = createHosts();
  });
  after(async () => {
    await hosts.close();
    await sshd[Symbol.asyncDispose]();
  });
  const changed = (change: Partial<HostTarget>): HostTarget => ({
    ...sshd.target,
    id: `other ${JSON.stringify(change)}`,
    ...change,
  });

  describe("connecting", () => {
    test("shows the key a server presents", async () => {
      const key = await hosts.fetchHostKey("127.0.0.1", sshd.target.port, null);
      assert.equal(key.type, "ssh-ed25519");
      assert.equal(key.fingerprint, sshd.target.hostKeyFingerprint);
      assert.match(key.publicKey, /^AAAAC3NzaC1lZDI1NTE5AAAAI/);
    });

    test("refuses another host key, naming both fingerprints", async () => {
      const hostKeyFingerprint = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";
      const host = hosts.connect(changed({ hostKeyFingerprint }));
      const error = await failure(
        host.exec(command("true"), { timeoutMs }),
        "ssh.host_key_changed",
      );
      assert.ok(error.message.includes(hostKeyFingerprint));
      assert.ok(error.message.includes(sshd.target.hostKeyFingerprint));
      assert.equal(error.retryable, false);
    });

    test("tells a refused login from an unusable key, without showing the key", async () => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const pem = privateKey.export({ type: "sec1", format: "pem" }).toString();
      const auth = { method: "key", privateKey: new Secret(pem), passphrase: null } as const;
      const refused = hosts.connect(changed({ auth }));
      const error = await failure(refused.exec(command("true"), { timeoutMs }), "ssh.auth_failed");
      assert.match(error.message, /root.*private key.*publickey/);
      const password = { method: "password", password: new Secret("hunter22") } as const;
      const other = hosts.connect(changed({ auth: password }));
      const wrong = await failure(other.exec(command("true"), { timeoutMs }), "ssh.auth_failed");
      assert.doesNotMatch(JSON.stringify(wrong) + wrong.message + wrong.stack, /hunter22/);
      const broken = { ...auth, privateKey: new Secret("not a key at all") };
      const unusable = hosts.connect(changed({ id: "broken", auth: broken }));
      const third = await failure(unusable.exec(command("true"), { timeoutMs }), "ssh.auth_failed");
      assert.match(third.message, /cannot be used/);
      assert.doesNotMatch(third.message, /not a key/);
    });

    test("says why a host is not reached", async () => {
      const silent = createServer((socket) => socket.resume().end("220 mail ready\r\n"));
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const { port } = silent.address() as { port: number };
      const cases: Array<[Partial<HostTarget>, RegExp]> = [
        [{ port: 1 }, /refused/],
        [{ host: "no-such-host.invalid" }, /resolve|looked up/],
        [{ port }, /handshake failed/],
      ];
      for (const [change, words] of cases) {
        const host = hosts.connect(changed(change));
        const error = await failure(host.exec(command("true"), { timeoutMs }), "ssh.unreachable");
        assert.match(error.message, words);
        assert.equal(error.retryable, true);
      }
      silent.close();
    });

    test("gives up at the deadline when nothing answers, and says that nothing was started", async () => {
      const mute = createServer((socket) => socket.resume());
      await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
      const { port } = mute.address() as { port: number };
      const impatient = createHosts();
      const host = impatient.connect(changed({ port, id: "mute" }));
      const running = host.exec(command("true"), { timeoutMs: 200 });
      const error = await failure(running, "ssh.unreachable");
      assert.match(error.message, /was not started/);
      await impatient.close();
      mute.close();
    });

    test("shares one connection, and opens another when the details change", async () => {
      const target = { ...sshd.target, id: "shared" };
      const before = sshd.connections().length;
      const runs = Array.from({ length: 20 }, () =>
        hosts.connect(target).exec(script("sleep 0.1; echo $PPID"), { timeoutMs }),
      );
      await Promise.all(runs);
      assert.equal(sshd.connections().length, before + 1);
      const same = { ...target, name: "node-1", sudoPassword: new Secret("x") };
      await hosts.connect(same).exec(command("true"), { timeoutMs });
      // The old one is closed once nothing uses it.
      await until(() => sshd.connections().length === before + 1);
    });

    test("says when a connection stands and no command can be started on it", async () => {
      await using strict = await startPrivateSshd(["MaxSessions 0"]);
      const running = hosts.connect(strict.target).exec(command("true"), { timeoutMs });
      const error = await failure(running, "ssh.session_refused");
      assert.match(english(error.remedy), /MaxSessions/);
    });

    test("makes a bounded number of connections at the same time", async () => {
      const open = new Set<Socket>();
      let all = 0;
      const mute = createServer((socket) => {
        all += 1;
        open.add(socket);
        socket.resume().on("close", () => open.delete(socket));
      });
      await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
      const { port } = mute.address() as { port: number };
      const pool = createHosts();
      const waiting = Array.from({ length: 80 }, (_, index) =>
        failure(
          pool
            .connect(changed({ port, id: `mute ${index}` }))
            .exec(command("true"), { timeoutMs: 60_000 }),
          "ssh.unreachable",
        ),
      );
      await until(() => open.size >= 64);
      // One more, of the test's own: whoever dialled before it has come in before it.
      const last = connect(port, "127.0.0.1");
      await until(() => [...open].some(({ remotePort }) => remotePort === last.localPort));
      assert.equal(open.size, 64 + 1);
      for (const socket of open) socket.destroy();
      await until(() => all === 80 + 1);
      for (const socket of open) socket.destroy();
      await Promise.all(waiting);
      await pool.close();
      mute.close();
    });

    test("closes an idle connection", async () => {
      const idle = createHosts({ idleMs: 50 });
      const before = sshd.connections().length;
      await idle.connect(sshd.target).exec(command("true"), { timeoutMs });
      await until(() => sshd.connections().length === before);
      await idle.close();
    });

    test("does not count the closing of an idle connection as a failure", async () => {
      const took: { fresh: number[]; again: number[] } = { fresh: [], again: [] };
      // The shortest back-off is 150 ms. A busy machine needs some tries to show that there was none.
      const isQuick = () => Math.min(...took.again) < Math.min(...took.fresh) + 100;
      const before = sshd.connections().length;
      for (let tries = 0; tries < 3 || (tries < 30 && !isQuick()); tries += 1) {
        const pool = createHosts({ idleMs: 1 });
        for (const when of ["fresh", "again"] as const) {
          const started = performance.now();
          await pool.connect(sshd.target).exec(command("true"), { timeoutMs });
          took[when].push(performance.now() - started);
          await until(() => sshd.connections().length === before);
        }
        await pool.close();
      }
      assert.ok(isQuick(), JSON.stringify(took));
    });
  });

  describe("commands", () => {
    test("gives code, output and error output", async () => {
      const result = await hosts
        .connect(sshd.target)
        .exec(script("echo out; echo err >&2; exit 7"), { timeoutMs });
      assert.equal(result.code, 7);
      assert.equal(result.stdout, "out\n");
      assert.equal(result.stderr, "err\n");
      assert.ok(result.durationMs > 0 && result.durationMs < timeoutMs);
    });

    test("never misses the end of a command that is over at once", async () => {
      const host = hosts.connect(sshd.target);
      for (let count = 0; count < 60; count += 1) {
        assert.equal((await host.exec(command("true"), { timeoutMs })).code, 0);
      }
    });

    test("tells the signal that ended a command", async () => {
      const host = hosts.connect(sshd.target);
      // Without exec a shell would stay in between and turn the signal into a code.
      const result = await host.exec(script("kill -TERM $$"), { timeoutMs });
      assert.deepEqual([result.code, result.signal], [null, "SIGTERM"]);
    });

    test("sends standard input, which may be a secret, and closes it", async () => {
      const host = hosts.connect(sshd.target);
      const big = "0123456789".repeat(300_000);
      const counted = await host.exec(command("wc", "-c"), { timeoutMs, stdin: big });
      assert.equal(counted.stdout.trim(), "3000000");
      const secret = await host.exec(command("cat"), { timeoutMs, stdin: new Secret("pa$$") });
      assert.equal(secret.stdout, "pa$$");
    });

    test("reports output as it comes and never cuts a character", async () => {
      const pieces: string[] = [];
      const text = "密碼".repeat(50_000);
      const result = await hosts.connect(sshd.target).exec(command("cat"), {
        timeoutMs,
        stdin: text,
        onOutput: (stream, piece) => {
          assert.equal(stream, "stdout");
          pieces.push(piece);
        },
      });
      assert.equal(result.stdout, text);
      assert.equal(pieces.join(""), text);
      assert.ok(pieces.length > 1);
    });

    test("runs with a plain locale", async () => {
      const result = await hosts
        .connect(sshd.target)
        .exec(script('echo "$LC_ALL $LANG"'), { timeoutMs });
      assert.equal(result.stdout, "C C\n");
    });

    test("ends the wait at the deadline, and says whether it may still run", async () => {
      const host = hosts.connect(sshd.target);
      const started = performance.now();
      const error = await failure(
        host.exec(command("sleep", "30"), { timeoutMs: 150 }),
        "command.timeout",
      );
      assert.ok(performance.now() - started < 15_000);
      assert.match(error.message, /`sleep 30`.*may still be running/);
      assert.equal(error.retryable, false);
      assert.equal((await host.exec(command("true"), { timeoutMs })).code, 0);
    });

    test("stops waiting when the caller aborts", async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const running = hosts.connect(sshd.target).exec(command("sleep", "3"), { timeoutMs, signal });
      setTimeout(() => controller.abort(new Error("not needed any more")), 50);
      await assert.rejects(running, /not needed any more/);
    });

    test("bounds what a command may print", async () => {
      const host = hosts.connect(sshd.target);
      const flood = host.exec(command("head", "-c", "20000000", "/dev/zero"), { timeoutMs });
      await failure(flood, "command.output_unreadable");
    });

    test("reports a connection that breaks under a command, and connects again", async () => {
      const host = hosts.connect({ ...sshd.target, id: "breaking" });
      const known = new Set(sshd.connections());
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const running = host.exec(script("echo begun; sleep 5"), {
        timeoutMs,
        onOutput: () => begin(),
      });
      const lost = failure(running, "ssh.connection_lost");
      await begun;
      const [own] = sshd.connections().filter((pid) => !known.has(pid));
      process.kill(own!, "SIGKILL");
      assert.match((await lost).message, /sleep 5.* ran/s);
      assert.equal((await host.exec(command("true"), { timeoutMs })).code, 0);
    });
  });

  describe("through the host", () => {
    test("carries a TCP connection in both directions", async () => {
      const server = createServer((socket) => socket.pipe(socket));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      const stream = await hosts.connect(sshd.target).dial("127.0.0.1", port);
      stream.end("ping ".repeat(100_000));
      let received = 0;
      for await (const chunk of stream) received += (chunk as Buffer).length;
      assert.equal(received, 500_000);
      await new Promise((resolve) => server.close(resolve));
    });

    test("tells what forbids, what does not answer and what fails apart", async () => {
      const { port } = sshd.target;
      const closed = await failure(
        hosts.connect(sshd.target).dial("127.0.0.1", 1),
        "ssh.target_unreachable",
      );
      assert.match(closed.message, /could not reach 127\.0\.0\.1:1: Connection refused/);
      assert.equal(closed.retryable, true);
      const nowhere = hosts.connect(sshd.target).dial("no-such-host.invalid", 22);
      assert.match((await failure(nowhere, "ssh.target_unreachable")).message, /no-such-host/);
      for (const rule of ["AllowTcpForwarding no", "PermitOpen 127.0.0.1:9"]) {
        await using strict = await startPrivateSshd([rule]);
        const forbidden = hosts.connect(strict.target).dial("127.0.0.1", port);
        const refused = await failure(forbidden, "ssh.forwarding_refused");
        assert.match(refused.message, /does not allow/);
        assert.match(english(refused.remedy), /AllowTcpForwarding/);
        assert.equal(refused.retryable, false);
      }
    });

    test("reads the clock over a new connection when the idle one had died unnoticed", async () => {
      const host = hosts.connect({ ...sshd.target, id: "silent" });
      const known = new Set(sshd.connections());
      await host.clock();
      const [own] = sshd.connections().filter((pid) => !known.has(pid));
      process.kill(own!, "SIGSTOP");
      const reading = host.clock();
      process.kill(own!, "SIGKILL");
      assert.ok((await reading).roundTripMs < timeoutMs);
    });

    test("reads the clock", async () => {
      const reading = await hosts.connect(sshd.target).clock();
      // The same machine, so the readings must agree within the round trip.
      assert.ok(Math.abs(reading.skewMs) <= reading.roundTripMs + 2, JSON.stringify(reading));
      assert.equal(reading.skewMs, reading.hostTime - reading.localTime);
      assert.ok(Math.abs(reading.localTime - Date.now()) < 5_000);
    });
  });
});
