import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { command, script } from "#lib/commands/command.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { createHosts } from "./hosts.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";
import type { Hosts, RemoteHost } from "./types.ts";

const options = { what: "the test's bytes", silenceMs: 10_000 };

describe("bytes over SSH, passed on and never held", () => {
  let sshd: PrivateSshd;
  let hosts: Hosts;
  let host: RemoteHost;
  before(async () => {
    sshd = await startPrivateSshd();
    hosts = createHosts();
    host = hosts.connect(sshd.target);
  });
  after(async () => {
    await hosts.close();
    await sshd[Symbol.asyncDispose]();
  });

  test("every byte arrives, in order, also at a slow reader", async () => {
    const bytes = randomBytes(6 * 1024 * 1024);
    const wanted = createHash("sha256").update(bytes).digest("hex");
    const path = `/tmp/uplift-stream-${process.pid}`;
    const written = await host.write(script('exec cat > "$1"', path), pieces(bytes), options);
    assert.deepEqual(written, { code: 0, stderr: "" });
    const there = await host.exec(command("sha256sum", path), { timeoutMs: 5_000 });
    assert.equal(there.stdout.slice(0, 64), wanted);
    const read = createHash("sha256");
    let reads = 0;
    for await (const chunk of host.read(command("cat", "--", path), options)) {
      read.update(chunk);
      if (reads++ < 10) await sleep(5);
    }
    assert.equal(read.digest("hex"), wanted);
    await host.exec(command("rm", "--", path), { timeoutMs: 5_000 });
  });

  test("a command that fails says so at the end of what it wrote", async () => {
    const seen: string[] = [];
    const reading = (async () => {
      const failing = script("echo first; echo no more room >&2; exit 3");
      for await (const chunk of host.read(failing, options)) seen.push(chunk.toString());
    })();
    await assert.rejects(reading, (error) => {
      assert.ok(error instanceof UpliftError);
      assert.equal(error.code, "command.failed");
      assert.match(error.message, /no more room/);
      return true;
    });
    assert.deepEqual(seen, ["first\n"]);
  });

  test("a command that takes no more than it wants ends the writing with its code", async () => {
    const end = await host.write(
      script("head -c 10 >/dev/null; echo full >&2; exit 28"),
      pieces(Buffer.alloc(8 * 1024 * 1024)),
      options,
    );
    assert.equal(end.code, 28);
    assert.match(end.stderr, /full/);
  });

  test("silence has an end; so has a reader who leaves", async () => {
    const silent = { ...options, silenceMs: 200 };
    await assert.rejects(drain(host.read(command("sleep", "60"), silent)), {
      code: "command.timeout",
    });
    // More than there are channels on a connection: each is given back.
    for (let each = 0; each < 12; each++) {
      for await (const chunk of host.read(command("cat", "/dev/zero"), options)) {
        assert.ok(chunk.length > 0);
        break;
      }
    }
  });

  test("what the source throws ends the command, which is told no end of its input", async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from("half");
      throw new Error("the source broke");
    }
    await assert.rejects(host.write(script("cat >/dev/null"), broken(), options), /source broke/);
  });

  test("an abort ends both ways", async () => {
    const reading = new AbortController();
    const abort = { ...options, signal: reading.signal };
    const endless = drain(host.read(command("cat", "/dev/zero"), abort));
    setTimeout(() => reading.abort(new Error("enough")), 50);
    await assert.rejects(endless, /enough/);
  });
});

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

async function drain(source: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of source) void chunk;
}
