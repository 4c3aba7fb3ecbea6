import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { english } from "#lib/i18n/english.ts";
import { config, putBack, rewrite } from "./preflight/mounted-files.ts";
import { PreflightScene } from "./preflight/preflight-scene.ts";
import { rounds } from "./preflight/rounds.ts";
import { failures, Scene } from "./trouble-scene.ts";

/**
 * Every check that a fault can turn, on one lab: it turns with its words when the fault is made, and is
 * green again after what it advises. Nothing is changed by looking.
 */
let scene: Scene;
let here: PreflightScene;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], loadNewImage: ["hz-1"], https: true });
  here = await PreflightScene.of(scene);
});

after(() => scene?.close());

for (const [round, faults] of Object.entries(rounds)) {
  test(round, async (context) => {
    for (const fault of faults) await fault.make(here);
    const wanted = here.target(Object.assign({}, ...faults.map((fault) => fault.target ?? {})));
    const spoilt = await here.preflight(wanted);
    for (const fault of faults) await fault.mend(here);
    const mended = await here.preflight();
    assert.deepEqual(failures(mended.checks), []);
    for (const { what, title, result, evidence, remedy } of faults) {
      await context.test(what, () => {
        const seen = spoilt.checks.filter((check) => check.title === title);
        const found = seen.find(
          (one) => one.result === result && evidence.test(english(one.evidence)),
        );
        assert.ok(found, `none says ${evidence}: ${JSON.stringify(seen, null, 1)}`);
        assert.match(english(found.remedy ?? ""), remedy);
        const later = mended.checks.find(({ id }) => id === found.id);
        assert.ok(later === undefined || later.result === "pass", JSON.stringify(later));
      });
    }
  });
}

test("a file from Windows, with a BOM and CRLF, says what it always said", async () => {
  await rewrite(here.first, config, String.raw`printf '\357\273\277'; sed 's/$/\r/'`);
  const seen = await here.preflight();
  await putBack(here.first, config);
  assert.deepEqual(failures(seen.checks), []);
  const same = seen.checks.find(({ title }) => title === "Same configuration file");
  assert.equal(same?.result, "pass", JSON.stringify(same));
});

test("the registered MetaDB by another name is the same one, as the node resolves it", async () => {
  const { host } = scene.lab.metadb;
  await here.second.mustExec(`echo '${host} metadb.lab' >>/etc/hosts`);
  await rewrite(here.second, config, "sed 's/^oms_meta_host: .*/oms_meta_host: metadb.lab/'");
  const seen = await here.preflight();
  await putBack(here.second, config);
  const named = seen.checks.find(({ evidence }) => english(evidence).includes("metadb.lab"));
  assert.equal(named?.result, "pass", JSON.stringify(failures(seen.checks)));
  assert.match(english(named.evidence), /Both are the same address/);
});

test("a healthy deployment passes, with and without a target, and every preflight is kept", async () => {
  const [without, withOne] = [await here.preflight(null), await here.preflight()];
  assert.deepEqual(failures([...without.checks, ...withOne.checks]), []);
  assert.ok(withOne.checks.length > without.checks.length);
  const [newest, older] = await here.kept();
  assert.deepEqual([newest?.id, older?.id], [withOne.id, without.id]);
  assert.deepEqual([newest?.version, older?.version], ["3.3.1", null]);
  const again = await here.keptAs(without.id);
  assert.deepEqual(again.checks, without.checks);
  assert.deepEqual(await scene.outside(), here.untouched, "looking has changed something");
});

test("what the site gave the old container is shown, carried over or not", async () => {
  await here.replaceContainer((command) =>
    command.replace(
      "--privileged=true",
      "--privileged=true --restart unless-stopped --shm-size 128m --label owner=dba --ulimit core=0:0 -e TZ=Asia/Shanghai -v site:/opt/site",
    ),
  );
  await here.secondHealthy();
  const seen = await here.preflight();
  await here.replaceContainer((command) => `docker volume rm site && ${command}`);
  await here.secondHealthy();
  const carried = seen.checks.find(
    ({ title, scope }) => title === "Environment, labels, limits" && scope === "hz-2",
  );
  assert.equal(carried?.result, "pass");
  assert.match(
    english(carried.evidence),
    /Carried over: -e TZ, --label owner, --ulimit .*core=0:0.*--shm-size=134217728, --restart=unless-stopped/,
  );
  const mounts = seen.checks.find(({ title, scope }) => title === "Mounts" && scope === "hz-2");
  assert.equal(mounts?.result, "warning");
  assert.match(english(mounts.evidence), /Not carried over: volume at \/opt\/site/);
  const mended = (await here.preflight()).checks.filter(({ scope }) => scope === "hz-2");
  assert.ok(
    mended.every(({ result }) => result === "pass"),
    JSON.stringify(mended, null, 1),
  );
});
