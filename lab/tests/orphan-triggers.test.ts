import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DatabaseServer } from "#lab/metadb/server.ts";
import { freePort } from "#lab/product/free-port.ts";
import { run } from "#lab/shell.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { passwordLogin } from "#lib/domain/server-login.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { StepContext } from "#lib/steps/context.ts";
import { databaseRecreate } from "#lib/steps/database-recreate.ts";

/** What a DROP DATABASE leaves that is killed between a table and its triggers, on a real MariaDB. */
const directory = mkdtempSync(join(tmpdir(), "uplift-orphans-"));
const file = (name: string) => join(server.dataDir, "oms_rm", name);
const password = "orphan";
let server: DatabaseServer;

before(async () => {
  const port = await freePort();
  server = new DatabaseServer(directory, { kind: "mariadb", listen: { host: "127.0.0.1", port } });
  await server.install();
  await server.start();
  await server.query(
    `create user meta@'%' identified by '${password}'; grant all on *.* to meta@'%'`,
  );
});
after(async () => {
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

const fill = `
  create table oms_rm.project (id int); create table oms_rm.other (id int);
  create trigger oms_rm.trg_project before insert on oms_rm.project for each row set new.id = 1`;

for (const left of ["other tables", "nothing else"]) {
  test(`a name of a trigger that is left with ${left} does not stand in the restore's way`, async () => {
    await server.query(`create or replace database oms_rm; ${fill}`);
    copyFileSync(file("trg_project.TRN"), join(directory, "kept"));
    await server.query("drop table oms_rm.project");
    if (left === "nothing else") await server.query("drop table oms_rm.other");
    copyFileSync(join(directory, "kept"), file("trg_project.TRN"));
    await run(["chown", "mysql:", file("trg_project.TRN")]);
    await assert.rejects(server.query("drop database oms_rm"), /not empty/);

    await recreate();
    await server.query(fill);
    const [row] = await server.query(
      "select count(*) as n from information_schema.triggers where trigger_schema = 'oms_rm'",
    );
    assert.equal(Number(row?.n), 1);
  });
}

/** The step with a real session, its host a double that has the dump. */
async function recreate(): Promise<void> {
  const { host, port } = server.listen ?? { host: "", port: 0 };
  const session = await connectSql({
    server: { host, port, user: "meta" },
    ...passwordLogin(new Secret(password), "off"),
    stream: connect(port, host),
    via: "hz-1",
    timeoutMs: 20_000,
  });
  const nodeId = "nod_000000000001" as NodeId;
  const context = {
    params: {
      route: { via: nodeId },
      database: "oms_rm",
      backup: { nodeId, files: [{ path: "/dump.sql", bytes: 1, sha256: "a".repeat(64) }] },
      characterSet: "utf8mb4",
      collation: "utf8mb4_bin",
      triggers: ["trg_project"],
    },
    hostName: () => "hz-1",
    plan: { hosts: [] },
    state: () => ({ leftOut: {} }),
    exec: async () => ({ code: 0, stdout: "1\n", stderr: "", durationMs: 1 }),
    sql: (_route: unknown, work: (session: SqlSession) => Promise<unknown>) => work(session),
  };
  try {
    await databaseRecreate.run(context as unknown as StepContext<"database.recreate">);
  } finally {
    await session.close();
  }
}
