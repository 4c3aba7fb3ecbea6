import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { english } from "#lib/i18n/english.ts";
import { failures, Scene } from "./trouble-scene.ts";

/** A host without mysqldump and mysql: the image of its OMS container has them. */
let scene: Scene;
const tools = ["mysqldump", "mariadb-dump", "mysql", "mariadb"].map((name) => `/usr/bin/${name}`);

before(async () => {
  scene = await Scene.open();
  for (const tool of tools) await scene.host.hideTool(tool);
});

after(() => scene?.close());

test("dump and restore run in containers of the OMS image, and the databases come back", async () => {
  assert.notEqual((await scene.host.exec("command -v mysqldump mysql")).code, 0);
  const deploymentId = await scene.register();
  const original = await scene.restored();
  const plan = await scene.plan(deploymentId);
  assert.deepEqual(failures(plan.checks), []);
  const check = plan.checks.find(({ title }) => title === "Dump tools");
  assert.match(
    english(check?.evidence ?? ""),
    /of the OMS image [0-9a-f]{12}, run with docker run/,
  );
  const dump = plan.plan?.steps.find(({ kind }) => kind === "database.dump");
  assert.match(dump?.commands[0]?.text ?? "", /^docker run --rm -i --network host .*mysqldump/);

  const runId = await scene.startPlan(plan);
  await scene.settled(runId, "succeeded");
  await scene.rollBack(runId);
  assert.deepEqual(await scene.restored(), original);
  const left = await scene.host.mustExec("docker ps -a --format '{{.Image}} {{.Command}}'");
  assert.doesNotMatch(left, /mysql/);
});
