import assert from "node:assert/strict";
import { test } from "node:test";
import { flavourOf, identifyServer, serverName } from "./flavour.ts";

const seen: [version: string, comment: string, name: string | null][] = [
  [
    "5.7.25-OceanBase seekdb-v1.4.0.0",
    "OceanBase 4.3.5.3 seekdb (r1.4.0.0) (Built 1-d0cbdf0)",
    "OceanBase 4.3.5",
  ],
  ["5.7.25-OceanBase-v4.2.1.2", "OceanBase_CE 4.2.1.2 (r102010012)", "OceanBase 4.2.1"],
  ["5.7.25", "OceanBase 3.2.4.5 (r105)", "OceanBase 3.2.4"],
  ["5.7.25-OceanBase_CE-v4.1.0.2", "", "OceanBase 4.1.0"],
  ["9.7.4-2", "(Debian)", "MySQL 9.7.4"],
  ["8.0.36", "MySQL Community Server - GPL", "MySQL 8.0.36"],
  ["8.0.36-28.1", "Percona XtraDB Cluster (GPL), Release rel28", "MySQL 8.0.36"],
  ["5.7.44-log", "MySQL Community Server (GPL)", "MySQL 5.7.44"],
  ["8.0.36-0ubuntu0.22.04.1", "(Ubuntu)", "MySQL 8.0.36"],
  ["10.11.19-MariaDB-0+deb12u1", "Debian 12", "MariaDB 10.11.19"],
  ["5.5.5-10.6.18-MariaDB-log", "MariaDB Server", "MariaDB 10.6.18"],
  ["11.8.9-MariaDB-0+deb13u1 from Debian", "", "MariaDB 11.8.9"],
  ["8.0.11-TiDB-v7.5.0", "TiDB Server (Apache License 2.0)", null],
  ["8.0.30-Vitess", "Version: 18.0.0", null],
  ["5.1.0-StarRocks", "", null],
  ["", "", null],
];

for (const [version, comment, name] of seen) {
  test(`${version || "nothing"} is ${name ?? "of no known kind"}`, () => {
    const server = identifyServer({ version, comment });
    assert.equal(server && serverName(server), name);
  });
}

test("a server of no known kind is taken for what an administrator says", () => {
  const words = { version: "8.0.11-TiDB-v7.5.0", comment: "" };
  const server = identifyServer(words, "mysql");
  assert.equal(server?.family, "mysql");
  assert.equal(server?.version, words.version);
});

test("what is known is not overruled", () => {
  const words = { version: "10.11.6-MariaDB", comment: "" };
  assert.equal(identifyServer(words, "mysql")?.family, "mariadb");
});

test("statements of OceanBase end when ours do, not after ten seconds", () => {
  const server = identifyServer({ version: "5.7.25-OceanBase-v4.2.1.2", comment: "" });
  assert.ok(server);
  assert.deepEqual(flavourOf(server).session(30_000), [
    "ob_query_timeout = 30000000",
    "ob_trx_timeout = 30000000",
  ]);
});
