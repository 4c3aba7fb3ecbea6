import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { statementsIn } from "#lab/chaos/statements.ts";
import { type Lab, type LabOptions, startLab } from "#lab/lab.ts";
import type { MetaAccount } from "#lab/metadb/accounts.ts";
import { toolsFor, usualMetadb } from "#lab/metadb/kind.ts";
import { dumpByHand } from "./dump-by-hand.ts";

/** The servers that a lab can have, each with UPLIFT_LAB_METADB: what is in them, and who may do what. */
const kind = usualMetadb();

async function withLab(options: Partial<LabOptions>, work: (lab: Lab) => Promise<void>) {
  const region = { name: "cn-a", nameCn: "甲", location: 0, isDefault: true };
  const regions = [{ ...region, nodes: ["a-1"], heartbeatDatabase: "hb_a" }];
  const lab = await startLab({ regions, docker: false, ...options });
  try {
    await work(lab);
  } finally {
    await lab.stop();
  }
}

const asUser = (lab: Lab, sql: string) =>
  lab.metadb.server.queryAs(lab.metadb.user, lab.metadb.password, sql);

const accounts: MetaAccount[] = ["asked", "role", "partial-revoke"];
for (const metaAccount of accounts) {
  const skip = metaAccount === "partial-revoke" && kind !== "mysql" && "MySQL alone has that";
  test(
    `an account with its rights as "${metaAccount}" owns objects and is no administrator`,
    {
      skip,
    },
    () =>
      withLab({ metaAccount, hostTools: toolsFor(kind) }, async (lab) => {
        const grants = (await asUser(lab, "show grants")).flatMap((row) => Object.values(row));
        const text = grants.join("\n");
        if (metaAccount === "role") assert.match(text, /oms_operators/);
        if (metaAccount === "asked") assert.doesNotMatch(text, /RELOAD|REPLICATION/);
        await asUser(lab, "create table oms_rm.made (id int); drop table oms_rm.made").then(
          () => assert.notEqual(metaAccount, "partial-revoke"),
          (error: unknown) => {
            assert.equal(metaAccount, "partial-revoke", String(error));
            assert.match(String(error), /DROP command denied/);
          },
        );
        await asUser(lab, "create database uplift_rehearse_x; drop database uplift_rehearse_x");
        if (metaAccount !== "partial-revoke")
          await assert.rejects(asUser(lab, "create database elsewhere"), /[Aa]ccess denied/);
        const { routines } = await lab.checksum();
        assert.ok(routines["oms_rm.function_of_the_dba"]);
        const host = lab.host("a-1");
        await dumpByHand(lab, host, "oms_rm");
        assert.match(
          await host.readFile("/data/oms_rm.sql"),
          /`function_of_the_dba`.*return \(select/s,
        );
      }),
  );
}

test("without objects of another definer, and with one big table", () =>
  withLab({ foreignDefiners: false, bigTableMegabytes: 20 }, async (lab) => {
    const { routines, triggers, tables } = await lab.checksum();
    assert.deepEqual(
      [...Object.keys(routines), ...Object.keys(triggers)].filter((name) => /dba/.test(name)),
      [],
    );
    assert.equal(tables["oms_rm.oms_big"]?.rows, 2560);
    const [row] = await lab.metadb.query("select sum(length(content)) as n from oms_rm.oms_big");
    assert.equal(Number(row?.n), 20 * 1024 * 1024);
  }));

test("a snapshot tells one changed byte, an added trigger and another definer", () =>
  withLab({}, async (lab) => {
    const before = await lab.checksum();
    const differing = async () => {
      const now = await lab.checksum();
      const parts = Object.entries(before) as [keyof typeof before, Record<string, unknown>][];
      return parts.flatMap(([part, was]) =>
        [...new Set([...Object.keys(was), ...Object.keys(now[part])])].filter(
          (name) => JSON.stringify(was[name]) !== JSON.stringify(now[part][name]),
        ),
      );
    };
    assert.deepEqual(await differing(), []);
    const blob = (start: string) =>
      `update oms_rm.oms_blob set content = concat(unhex('${start}'), substr(content, 2)) where id = 1`;
    await lab.metadb.query(blob("02"));
    assert.deepEqual(await differing(), ["oms_rm.oms_blob"]);
    await lab.metadb.query(blob("00"));
    assert.deepEqual(await differing(), []);
    const procedure =
      "procedure count_projects (out n int) select count(*) into n from oms_rm.oms_project";
    await lab.metadb.query(
      "use oms_rm; create trigger trg_more before insert on oms_parent for each row set new.id = new.id",
    );
    await lab.metadb.query("drop procedure oms_rm.count_projects");
    await lab.metadb.query(`use oms_rm; create definer = 'oms_dba'@'%' ${procedure}`);
    assert.deepEqual(await differing(), ["oms_rm.trg_more", "oms_rm.count_projects"]);
  }));

for (const hostTools of ["mariadb", "mysql", "none"] as const)
  test(`hosts have client programs: ${hostTools}`, () =>
    withLab({ hostTools }, async (lab) => {
      const said = await lab.host("a-1").exec("mysqldump --version && mysql --version");
      assert.equal(said.code === 0, hostTools !== "none", said.stderr);
      assert.equal(/MariaDB/.test(said.stdout), hostTools === "mariadb", said.stdout);
    }));

test("every statement is in the log, where the server has one", async () => {
  if (kind === "oceanbase") {
    await assert.rejects(startLab({ logStatements: true, docker: false }), /writes no log/);
    return;
  }
  await withLab({ logStatements: true }, async (lab) => {
    await asUser(lab, "select 'to be found'");
    const log = statementsIn(readFileSync(lab.metadb.statementsFile, "utf8"));
    const found = log.find(({ text }) => text === "select 'to be found'");
    assert.ok(found && Math.abs(found.at - Date.now()) < 60_000, JSON.stringify(found));
  });
});
