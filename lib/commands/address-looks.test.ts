import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { canonicalAddresses } from "#lib/domain/address.ts";
import { addressLooks, isHostName, parseOwnAddresses, parseResolved } from "./address-looks.ts";
import { runIn, testShells } from "./tests/shells.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift-addresses-"));
after(() => rmSync(directory, { recursive: true }));

test("a host tells the addresses by which others know it, and no others", () => {
  const told = parseOwnAddresses(
    runIn(
      { name: "", sh: "/bin/sh", env: process.env },
      { argv: ["sh", "-c", `${addressLooks.own().argv.join(" ")}`] },
    ),
  );
  const known = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
  for (const address of canonicalAddresses(known)) assert.ok(told?.includes(address), address);
  assert.ok(!told?.some((address) => address.startsWith("127.") || address.startsWith("fe80:")));
});

test("link-local and loopback addresses are of no use to others", () => {
  const fib = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.77.1.11
        /32 host LOCAL
     |-- 10.77.1.255
        /32 link BROADCAST
     |-- 127.0.0.1
        /32 host LOCAL
`;
  const six = `00000000000000000000000000000001 01 80 10 80       lo
fe800000000000000042acfffe110002 02 40 20 80     eth0
fd0000000000000000000000000000a1 02 40 00 80     eth0
`;
  assert.deepEqual(parseOwnAddresses(fib + six), ["10.77.1.11", "fd00::a1"]);
  assert.equal(parseOwnAddresses(""), null);
});

test("names are resolved in every shell, also where there is no getent", () => {
  const names = ["localhost", "no-such-host.invalid"];
  for (const shell of testShells(directory)) {
    // awk is what a host without getent needs; the minimal toolboxes have neither.
    if (shell.name.includes("coreutils only")) continue;
    const found = parseResolved(names, runIn(shell, addressLooks.resolve(names)));
    assert.ok(
      found.localhost?.some((one) => one === "127.0.0.1" || one === "::1"),
      shell.name,
    );
    assert.deepEqual(found["no-such-host.invalid"], [], shell.name);
  }
});

test("nothing but a name is given to a resolver", () => {
  for (const name of ["db1", "db-1.corp.example", "DB_1"]) assert.ok(isHostName(name), name);
  for (const text of ["10.0.0.1", "fd00::1", "-x", "a b", "$(id)", "", "x\n"]) {
    assert.ok(!isHostName(text), text);
  }
});
