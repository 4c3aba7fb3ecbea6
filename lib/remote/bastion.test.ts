import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { command, script } from "#lib/commands/command.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import { english } from "#lib/i18n/english.ts";
import { createHosts } from "./hosts.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";
import type { Hosts, HostTarget, JobSpec, SshAccount } from "./types.ts";

const timeoutMs = 10_000;
const otherKey = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";

let gate: PrivateSshd;
let node: PrivateSshd;
let jobsDirectory: string;
let hosts: Hosts;
let bastion: SshAccount;
let count = 0;

before(async () => {
  [gate, node] = await Promise.all([startPrivateSshd(), startPrivateSshd()]);
  jobsDirectory = join(node.directory, "jobs");
  hosts = createHosts({ jobsDirectory });
  bastion = accountOf(gate);
});
after(async () => {
  await hosts.close();
  await gate[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

function accountOf({ target }: PrivateSshd): SshAccount {
  const { sudoPassword: _, bastion: __, ...account } = target;
  return { ...account, id: `bastion ${target.id}`, name: "the bastion" };
}

/** The node as it is reached through the bastion, each time by a connection of its own. */
function behind(change: Partial<HostTarget> = {}, through: Partial<SshAccount> = {}): HostTarget {
  count += 1;
  const id = `${node.target.id} ${count}`;
  const gateId = Object.keys(through).length > 0 ? `${bastion.id} ${count}` : bastion.id;
  return { ...node.target, id, bastion: { ...bastion, ...through, id: gateId }, ...change };
}

function job(text: string): JobSpec {
  count += 1;
  const rest = { attempt: 1, script: text, parameters: [], secrets: [] };
  return { run: "run-1", step: `s${count}`, ...rest };
}

const place = ({ host, port }: { host: string; port: number }) => `${host}:${port}`;

/** Expects an error of a command on the target, and gives it back. */
async function failure(target: HostTarget, code: ErrorCode): Promise<UpliftError> {
  const running = hosts.connect(target).exec(command("true"), { timeoutMs });
  return refusal(running, code);
}

async function refusal(promise: Promise<unknown>, code: ErrorCode): Promise<UpliftError> {
  const error = await promise.then(
    () => assert.fail(`expected ${code}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UpliftError, String(error));
  assert.equal(error.code, code, error.message);
  assert.ok(english(error.remedy).length > 10);
  return error;
}

describe("through a bastion", () => {
  test("commands, input and TCP connections reach the node as without one", async () => {
    const host = hosts.connect(behind());
    const result = await host.exec(script("echo out; echo err >&2; exit 7"), { timeoutMs });
    assert.deepEqual([result.code, result.stdout, result.stderr], [7, "out\n", "err\n"]);
    const big = "0123456789".repeat(300_000);
    const counted = await host.exec(command("wc", "-c"), { timeoutMs, stdin: big });
    assert.equal(counted.stdout.trim(), "3000000");
    const echo = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
    const { port } = echo.address() as { port: number };
    const stream = await host.dial("127.0.0.1", port);
    stream.end("ping ".repeat(100_000));
    let received = 0;
    for await (const chunk of stream) received += (chunk as Buffer).length;
    assert.equal(received, 500_000);
    await new Promise((resolve) => echo.close(resolve));
  });

  test("many nodes share one connection, which is closed when no node needs it", {
    timeout: 30_000,
  }, async () => {
    const [atGate, atNode] = [gate.connections().length, node.connections().length];
    const targets = Array.from({ length: 12 }, () => behind());
    const use = (pool: Hosts) =>
      Promise.all(
        targets.map((target) => pool.connect(target).exec(command("true"), { timeoutMs })),
      );
    const patient = createHosts();
    await use(patient);
    assert.equal(gate.connections().length, atGate + 1);
    assert.equal(node.connections().length, atNode + 12);
    await patient.close();
    const pool = createHosts({ idleMs: 50 });
    await use(pool);
    const open = () => node.connections().length - atNode + gate.connections().length - atGate;
    while (open() > 0) await sleep(50);
    await pool.close();
  });

  test("a node's key is shown without a credential, and the bastion's is pinned", async () => {
    const { port, hostKeyFingerprint } = node.target;
    const key = await hosts.fetchHostKey("127.0.0.1", port, bastion);
    assert.equal(key.fingerprint, hostKeyFingerprint);
    const changed = { ...bastion, id: "changed", hostKeyFingerprint: otherKey };
    const refused = await refusal(
      hosts.fetchHostKey("127.0.0.1", port, changed),
      "bastion.host_key_changed",
    );
    assert.ok(refused.message.includes(`The host (127.0.0.1:${port})`), refused.message);
    const nobody = await refusal(hosts.fetchHostKey("127.0.0.1", 1, bastion), "ssh.unreachable");
    assert.match(nobody.message, /cannot be reached from the bastion .*refused/);
  });

  test("signing in to the bastion alone is enough for it, even where no command may run", async () => {
    await using locked = await startPrivateSshd(["ForceCommand /bin/false", "PermitTTY no"]);
    await hosts.signIn(accountOf(locked));
    const target = { ...behind(), bastion: accountOf(locked) };
    assert.equal((await hosts.connect(target).exec(command("true"), { timeoutMs })).code, 0);
  });
});

describe("what is wrong is said of the one that it is wrong with", () => {
  test("the bastion is down", async () => {
    const error = await failure(behind({}, { port: 1 }), "bastion.unreachable");
    assert.ok(error.message.includes(`node-1 (${place(node.target)})`), error.message);
    assert.match(error.message, /the bastion \(127\.0\.0\.1:1\) cannot be reached: .*refused/);
    assert.equal(error.retryable, true);
    assert.equal(error.host, "node-1");
  });

  test("the bastion does not let the user in", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ type: "sec1", format: "pem" }).toString();
    const auth = { method: "key", privateKey: new Secret(pem), passphrase: null } as const;
    const error = await failure(behind({}, { auth }), "bastion.auth_failed");
    assert.match(error.message, /the bastion \(.*\) did not let root in with the private key/);
    assert.equal(error.retryable, false);
  });

  test("the bastion has another key, and nothing goes to the node", async () => {
    const before = node.connections().length;
    const target = behind({}, { hostKeyFingerprint: otherKey });
    const error = await failure(target, "bastion.host_key_changed");
    assert.ok(
      error.message.includes(bastion.hostKeyFingerprint) && error.message.includes(otherKey),
    );
    assert.equal(node.connections().length, before);
  });

  test("the node has another key", async () => {
    const error = await failure(behind({ hostKeyFingerprint: otherKey }), "ssh.host_key_changed");
    assert.match(error.message, /^node-1 /);
    assert.ok(error.message.includes(node.target.hostKeyFingerprint));
  });

  test("the node does not let the user in", async () => {
    const auth = { method: "password", password: new Secret("hunter22") } as const;
    const error = await failure(behind({ auth }), "ssh.auth_failed");
    assert.match(error.message, /^node-1 /);
    assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /hunter22/);
  });

  test("the node cannot be reached from the bastion", async () => {
    const error = await failure(behind({ port: 1 }), "ssh.unreachable");
    assert.match(error.message, /^node-1 \(127\.0\.0\.1:1\) cannot be reached from the bastion/);
    assert.match(error.message, /Connection refused/);
    assert.match(english(error.remedy), /On the bastion/);
    assert.equal(error.retryable, true);
  });

  test("something that is not an SSH server answers behind the bastion", async () => {
    const mail = createServer((socket) => socket.resume().end("220 mail ready\r\n"));
    await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
    const { port } = mail.address() as { port: number };
    const error = await failure(behind({ port }), "ssh.unreachable");
    assert.match(error.message, /handshake failed/);
    mail.close();
  });

  test("the bastion forbids the way", async () => {
    for (const rule of ["AllowTcpForwarding no", "PermitOpen 127.0.0.1:9"]) {
      await using strict = await startPrivateSshd([rule]);
      const target = { ...behind(), bastion: accountOf(strict) };
      const error = await failure(target, "bastion.forwarding_refused");
      assert.match(error.message, /the bastion .* does not allow a connection to node-1/);
      assert.match(english(error.remedy), /AllowTcpForwarding.*PermitOpen/);
      assert.equal(error.retryable, false);
    }
  });

  test("a mute server behind the bastion ends with the deadline and blocks nobody", async () => {
    const mute = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as { port: number };
    const pool = createHosts();
    const waiting = refusal(
      pool.connect(behind({ port })).exec(command("true"), { timeoutMs: 200 }),
      "ssh.unreachable",
    );
    const other = await pool.connect(behind()).exec(command("true"), { timeoutMs });
    assert.equal(other.code, 0);
    await waiting;
    await pool.close();
    mute.close();
  });
});

describe("a bastion that is lost", () => {
  const cut = () => {
    for (const pid of gate.connections()) process.kill(pid, "SIGKILL");
  };

  test("takes the nodes' connections with it, and the next use makes them anew", async () => {
    const host = hosts.connect(behind());
    const { promise: begun, resolve: onOutput } = Promise.withResolvers<void>();
    const running = host.exec(script("echo begun; sleep 5"), {
      timeoutMs,
      onOutput: () => onOutput(),
    });
    const lost = refusal(running, "ssh.connection_lost");
    await begun;
    cut();
    const error = await lost;
    assert.match(error.message, /node-1 .*the connection to the bastion was lost/);
    assert.equal((await host.exec(command("true"), { timeoutMs })).code, 0);
  });

  test("in mid-job: the job goes on, its output comes once and whole", async () => {
    const host = hosts.connect(behind());
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const spec = job("i=0; while [ $i -lt 40 ]; do echo line $i; i=$((i+1)); sleep 0.05; done");
    const seen: string[] = [];
    let output = "";
    let offset = 0;
    const running = host.runJob(spec, {
      timeoutMs: 20_000,
      onConnection: (state) => seen.push(state),
      onOutput: (piece) => {
        assert.equal(piece.offset, offset);
        offset += piece.bytes.length;
        output += piece.bytes.toString();
      },
    });
    while (!output.includes("line 5\n")) await sleep(20);
    cut();
    while (seen.length < 2) await sleep(20);
    await gate.stop();
    while (seen.length < 3) await sleep(20);
    await gate.start();
    const result = await running;
    assert.deepEqual(result.stdout.trim().split("\n"), lines);
    assert.equal(output, result.stdout);
    assert.deepEqual(seen, ["lost", "back", "lost", "back"]);
  });

  test("does not slow its nodes down once it is back", async () => {
    const host = hosts.connect(behind());
    await host.exec(command("true"), { timeoutMs });
    await gate.stop();
    const away = host.exec(command("true"), { timeoutMs });
    assert.match(String(await away.catch((error: Error) => error.message)), /bastion/);
    await gate.start();
    const started = performance.now();
    assert.equal((await host.exec(command("true"), { timeoutMs })).code, 0);
    // A loose bound: the machine may be busy with other tests.
    assert.ok(performance.now() - started < 5_000, `${performance.now() - started} ms`);
  });
});

test("a peer that falls silent counts as lost within twenty seconds", async () => {
  const silent = await startPrivateSshd();
  const pool = createHosts();
  const direct = { ...silent.target, id: "direct" };
  const tunnelled = behind({ ...silent.target, id: "tunnelled", bastion });
  let begun = 0;
  const onOutput = () => {
    begun += 1;
  };
  const options = { timeoutMs: 60_000, onOutput };
  const running = [direct, tunnelled].map((target) =>
    refusal(
      pool.connect(target).exec(script("echo begun; sleep 60"), options),
      "ssh.connection_lost",
    ),
  );
  while (begun < 2) await sleep(20);
  const started = performance.now();
  const frozen = silent.connections();
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  await Promise.all(running);
  const seconds = (performance.now() - started) / 1000;
  // Twenty and what a busy machine adds.
  assert.ok(seconds > 14 && seconds < 30, `${seconds.toFixed(1)} s`);
  for (const pid of frozen) process.kill(pid, "SIGKILL");
  await pool.close();
  await silent[Symbol.asyncDispose]();
});
