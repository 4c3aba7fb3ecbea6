import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import pLimit from "p-limit";
import { createLink } from "./link.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";

describe("the connection to a host", () => {
  let sshd: PrivateSshd;
  before(async () => {
    sshd = await startPrivateSshd();
  });
  after(() => sshd[Symbol.asyncDispose]());

  // ssh2 reports the end in a later turn; whoever tried again before that was given the dead connection, and a
  // loop of such tries left no turn in which the end could be reported.
  test("is never one whose socket has just ended", async () => {
    const link = createLink(sshd.target, {
      idleMs: 1_000,
      dialling: pLimit(1),
      bastion: null,
    });
    const first = await link.lease("command");
    let told = false;
    first.connection.onLost(() => {
      told = true;
    });
    first.connection.socket.destroy();
    const second = link.lease("command");
    assert.equal(told, false);
    assert.equal(first.connection.lost, true);
    assert.notEqual((await second).connection, first.connection);
    assert.equal((await second).connection.lost, false);
    first.release();
    (await second).release();
    await link.close();
  });
});
