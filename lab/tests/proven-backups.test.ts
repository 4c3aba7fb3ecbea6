import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { waitUntil } from "#lab/shell.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { RunState } from "#lib/domain/run.ts";
import { english } from "#lib/i18n/english.ts";
import { assertTrouble, dumpsOnly, Scene } from "./trouble-scene.ts";

/** Nothing but a dump that has been proven, and restored once, lets the schema be changed. */
const mysqldump = "/usr/bin/mysqldump";
const sha256sum = "/usr/bin/sha256sum";

const scratchDatabases = async ({ lab }: Scene) =>
  (await lab.metadb.query("show databases like 'uplift%'")).map((row) => Object.values(row)[0]);

describe("a dump that would not bring the database back is caught before the schema is touched", () => {
  let scene: Scene;
  let deploymentId: string;
  let untouched: Awaited<ReturnType<Scene["restored"]>>;

  before(async () => {
    scene = await Scene.open();
    deploymentId = await scene.register();
    untouched = await scene.restored();
  });
  after(() => scene?.close());
  afterEach(async () => {
    assert.deepEqual(await scratchDatabases(scene), [], "a scratch database was left");
    assert.equal((await scene.lab.metadb.initRuns()).length, 0);
  });

  /** Starts an upgrade that comes to a stand, and rolls it back after a look. */
  async function caught(
    tool: { path: string; body: string },
    look: (state: RunState, runId: string) => Promise<void> | void,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const plan = await scene.plan(deploymentId);
    await scene.replaceTool(tool.path, tool.body);
    const runId = await scene.startPlan(plan);
    await meanwhile();
    const state = await scene.settled(runId, "paused");
    await look(state, runId);
    await scene.restoreTool(tool.path);
    const { plan: rollback } = await scene.rollBack(runId);
    assert.match(rollback.plan?.summary.join(" ") ?? "", /no database is dropped/);
    await scene.everyoneHealthy();
    assert.deepEqual(await scene.restored(), untouched);
  }

  /** Runs on the host in the moment in which the dump of rm is whole, reported, and not yet proven. */
  const behindTheDump = (action: string) => ({
    path: sha256sum,
    body: `file=$(readlink /proc/self/fd/0)
"$real" "$@"
case $file in */oms_rm.sql.zst) if mkdir /run/lab-damaged 2>/dev/null; then ${action}; fi ;; esac`,
  });
  const forgetDamage = () => scene.host.mustExec("rm -rf /run/lab-damaged /run/lab-go");

  for (const [damage, action] of [
    ["truncated", 'truncate -s -100 "$file"'],
    ["emptied", ': > "$file"'],
    ["bit-flipped", `printf '\\377' | dd of="$file" bs=1 seek=2000 conv=notrunc 2>/dev/null`],
  ] as const) {
    test(`${damage} behind the dump's back`, async () => {
      await caught(behindTheDump(action), (state) => {
        const step = Object.values(state.steps).find(({ id }) => id === "prove.oms_rm");
        assert.ok(step?.error, "it was proven");
        assert.match(step.error.code, /^dump\.(changed|empty)$/);
        assert.match(english(step.error.message), /on hz-1/);
      });
      await forgetDamage();
    });
  }

  test("of the wrong database", async () => {
    const body = `${dumpsOnly}for word do [ "$word" = oms_rm ] && word=oms_cm; set -- "$@" "$word"; shift; done; exec "$real" "$@"`;
    await caught({ path: mysqldump, body }, (state) =>
      assertTrouble(state, "prove.oms_rm", {
        code: "dump.wrong_database",
        message: /is a dump of oms_cm, not of oms_rm/,
        remedy: /retry the dump/,
      }),
    );
  });

  test("from a table that was changed after the dump", async () => {
    const wait = "while [ ! -e /run/lab-go ]; do sleep 0.05; done";
    const row = "update oms_rm.oms_project_audit set became = ? where id = 1";
    await scene.lab.metadb.query(
      "insert into oms_rm.oms_project_audit values (1, 'p', 'a', 'b', now(3))",
    );
    untouched = await scene.restored();
    await caught(
      behindTheDump(wait),
      async (state) => {
        assertTrouble(state, "rehearse.oms_rm", {
          code: "rehearsal.differs",
          message: /table oms_project_audit has another content/,
          remedy: /Find out who writes/,
        });
        await scene.lab.metadb.query(row, ["b"]);
      },
      async () => {
        await waitUntil("the dump", async () => {
          return (await scene.host.exec("test -d /run/lab-damaged")).code === 0;
        });
        await scene.lab.metadb.query(row, ["c"]);
        await scene.host.mustExec("touch /run/lab-go");
      },
    );
    await forgetDamage();
  });

  test("that cannot be restored", async () => {
    const onlyRm = 'case " $* " in *" oms_rm "*) ;; *) exec "$real" "$@" ;; esac\n';
    const body = `${dumpsOnly}${onlyRm}"$real" "$@" | sed 's/^-- Dump completed/INSERT INTO no_such_table VALUES (1);\\n&/'`;
    await caught({ path: mysqldump, body }, (state) => {
      assertTrouble(state, "rehearse.oms_rm", {
        code: "rehearsal.failed",
        message:
          /oms_rm\.sql\.zst on hz-1 could not be restored into uplift_rehearse_\w+ .*ERROR 1146/,
        remedy: /A rollback would meet the same/,
      });
      assert.equal(state.backups.find(({ key }) => key === "rm")?.rehearsed, false);
    });
  });

  test("whose content differs in one value", async () => {
    const body = `${dumpsOnly}"$real" "$@" | sed 's/sync-orders-3/sync-orders-8/'`;
    await caught({ path: mysqldump, body }, (state) =>
      assertTrouble(state, "rehearse.oms_rm", {
        code: "rehearsal.differs",
        message: /table oms_sync_project has another content/,
        remedy: /skip the rehearsal with a reason/,
      }),
    );
  });

  test("a cancelled rehearsal leaves no scratch database, nor does a rollback beside it", async () => {
    const client = "/usr/bin/mysql";
    const body = `case " $* " in *uplift_rehearse_*_2\\ *|*uplift_rehearse_*_2*) sleep 300 ;; esac; exec "$real" "$@"`;
    const plan = await scene.plan(deploymentId);
    await scene.replaceTool(client, body);
    const runId = await scene.startPlan(plan);
    await scene.seen(runId, ({ steps }) =>
      Object.values(steps).some(({ id, intent }) => id === "rehearse.oms_cm" && intent !== null),
    );
    assert.equal((await scratchDatabases(scene)).length >= 1, true);
    const stepId = "rehearse.oms_cm";
    await scene.command(runId, "cancel", { stepId, reason: "takes too long" });
    const state = await scene.settled(runId, "paused");
    assertTrouble(state, stepId, {
      code: "step.cancelled",
      message: /takes too long/,
      remedy: /Retry rehearses from the beginning/,
    });
    assert.deepEqual(await scratchDatabases(scene), []);
    await scene.restoreTool(client);
    const gate = await scene.rollBack(runId);
    assert.ok(gate.plan.plan?.steps.some(({ id }) => id === "rollback.rehearse.oms_cm"));
    await scene.everyoneHealthy();
  });

  test("compression as the settings say; above the limit nothing is rehearsed, and the plan says why", async () => {
    for (const [compression, ending] of [
      ["gzip", ".sql.gz"],
      ["none", ".sql"],
    ] as const) {
      const path = `/deployments/${deploymentId}`;
      const known = await scene.product.ask<Inventory>("GET", path);
      const settings = { compression, rehearseBelowMiB: compression === "none" ? 0 : 2048 };
      const edited = { ...known, settings: { ...known.settings, ...settings } };
      await scene.product.ask("PUT", path, edited);
      const plan = await scene.plan(deploymentId);
      const dump = plan.plan?.steps.find(({ id }) => id === "dump.oms_rm");
      assert.match(dump?.commands[0]?.text ?? "", new RegExp(`/oms_rm${RegExp.escape(ending)}$`));
      const kinds = plan.plan?.steps.map(({ kind }) => kind) ?? [];
      assert.equal(kinds.includes("database.rehearse"), compression === "gzip");
      if (compression === "none") {
        assert.match(
          plan.plan?.summary.join(" ") ?? "",
          /not rehearsed: the deployment's settings/,
        );
      }
    }
  });
});

describe("hostile names and awkward tables", () => {
  const names = { rm: "rm $HOME `x` 'q' \"#@", cm: "cm; --drop; '\"`$(id)" };
  const heartbeat = "hb @ % _ # 1`";
  let scene: Scene;

  before(async () => {
    scene = await Scene.open({
      databases: names,
      metaUser: "us'er\"$x`@#",
      metaPassword: "p'w\"d $x \\ ` @ # % ;é",
      regions: [
        {
          ...{ name: "cn-hangzhou", nameCn: "杭州", location: 0, isDefault: true },
          ...{ nodes: ["hz-1", "hz-2"], heartbeatDatabase: heartbeat },
        },
      ],
    });
    const { metadb } = scene.lab;
    const rm = `\`${names.rm.replaceAll("`", "``")}\``;
    for (let table = 0; table < 150; table++) {
      await metadb.query(`create table ${rm}.more_${table} (id int primary key, v varchar(9))`);
    }
    for (const statement of [
      `create table ${rm}.awkward (id int primary key, b bit(9), j json, g geometry, f float, d double, n decimal(30,9), e enum('a','ü'), s set('x','y'), y year, t time(3))`,
      `insert into ${rm}.awkward values (1, b'101010101', '{"a":[1,2]}', point(1,2), 0.1, 1e-9, 12345678901234567890.123456789, 'ü', 'x,y', 1999, '-23:59:59.123')`,
      `insert into ${rm}.awkward (id) values (2)`,
      `create table ${rm}.\`where\` (\`from\` varchar(20) character set utf8mb3 collate utf8mb3_bin, \`back\`\`tick\` blob)`,
      `insert into ${rm}.\`where\` values ('x', unhex('00ff27225c0a0d1a')), ('x', unhex('00ff27225c0a0d1a')), (null, null), ('', '')`,
    ])
      await metadb.query(statement);
  });
  after(() => scene?.close());

  test("everything is dumped, proven, rehearsed, and comes back byte for byte", async () => {
    const before = await scene.lab.checksum();
    assert.ok(Object.keys(before.tables).filter((name) => name.startsWith(names.rm)).length > 300);
    const runId = await scene.start(await scene.register());
    const state = await scene.settled(runId, "succeeded");
    assert.deepEqual(
      state.backups.map(({ key, proven, rehearsed }) => [key, proven, rehearsed]).sort(),
      ["cm", "heartbeat-0", "rm"].map((key) => [key, true, true]),
    );
    assert.deepEqual(await scratchDatabases(scene), []);
    await scene.rollBack(runId);
    const now = await scene.lab.checksum();
    const live = /\.(heatbeat_sequence|cm_node|oms_normal_config)$/;
    for (const part of ["databases", "views", "triggers", "routines"] as const) {
      assert.deepEqual(now[part], before[part]);
    }
    assert.deepEqual(Object.keys(now.tables), Object.keys(before.tables));
    for (const [name, table] of Object.entries(before.tables)) {
      assert.equal(now.tables[name]?.definition, table.definition, name);
      if (!live.test(name)) assert.deepEqual(now.tables[name], table, name);
    }
  });

  test("a line break in a password, a user or a database's name is refused at the input", async () => {
    for (const [field, value] of [
      ["password", "a\nb"],
      ["user", "a\nb"],
      ["rmDatabase", "a\nb"],
    ] as const) {
      await assert.rejects(
        scene.register((document) => {
          Object.assign(document.metadb, { [field]: value });
        }),
        /No (line breaks|control characters)/,
        field,
      );
    }
  });
});
