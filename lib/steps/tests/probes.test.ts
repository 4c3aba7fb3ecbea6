import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planLabel } from "#lib/commands/docker.ts";
import { errorInfo } from "#lib/domain/errors.ts";
import { DumpTool } from "#lib/domain/facts.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import type { StepParams, WorkKind } from "#lib/domain/step.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { english } from "#lib/i18n/english.ts";
import type { JobState } from "#lib/remote/types.ts";
import type { Probe, StepHandler } from "../context.ts";
import { stepHandlers } from "../registry.ts";
import { attemptBegan, fakeContext, nodeId, planId, type World } from "./fake-context.ts";

const route = {
  server: {
    ...{ host: "10.0.0.9", port: 2883, user: "root" },
    ...{ passwordId: "sec_1" as SecretId, tls: withoutTls },
  },
  via: nodeId,
};
const haPlace = { route, database: "oms_rm", way: "direct", console: "" } as const;
const tool = DumpTool.parse({
  ...{ dump: "mysqldump", client: "mysql", version: "10.11", options: [] },
  compressors: ["zstd"],
});
const dump = {
  ...{ path: "/backups/oms_rm.sql.zst", bytes: 10, sha256: "a".repeat(64) },
  ...{ compression: "zstd" as const, textBytes: 20 },
};

const running: JobState = { state: "running", startedAt: 1 };
const succeeded: JobState = { state: "exited", exitCode: 0, startedAt: 1, endedAt: 2 };
const failed: JobState = { ...succeeded, exitCode: 1 };
const absent: JobState = { state: "absent" };
const lost: JobState = { state: "lost", reason: "the host was restarted" };

const ours = { [planLabel]: planId };
const [haBefore, haAfter] = ['{"enable":true}', '{"enable":false}'];
const intent = {
  ...{ before: haBefore, after: haAfter, hostTimeMs: 1_234 },
  output: { wasEnabled: true },
};
/** A second after the attempt began, by the dashboard's clock. */
const later = new Date(Date.parse(attemptBegan) + 1_000).toISOString();
const noDaemon = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.";

/** What is found, and what follows from it; for `unknown` what the reason must say. */
type Case = [name: string, world: World, expected: Probe["state"] | Probe, why?: RegExp];

interface Probed<K extends WorkKind> {
  params: StepParams<K>;
  cases: Case[];
  /** Answers that the probe never gives, each with the reason. */
  never?: Partial<Record<Probe["state"], string>>;
}

/** A job that goes on, or whose end nobody has taken note of, is taken up. */
const attached: Case[] = [
  ["its job runs", { job: running }, { state: "attach" }],
  ["its job has ended well", { job: succeeded }, { state: "attach" }],
  ["its job has ended badly", { job: failed }, { state: "attach" }],
];
const hostAway: Case = [
  "the host gives no answer",
  { intent: { before: "a", after: "b" }, away: true },
  "unknown",
  /cannot be reached/,
];

const byJobAlone =
  "the step's end is its job's exit code; without one it is run again, which ends the same";

const probed: { [K in WorkKind]?: Probed<K> } = {
  "image.load": {
    params: { nodeId, archive: "/data/oms.tar", image: "oms:331" },
    cases: [
      ...attached,
      hostAway,
      [
        "the image is there without a job",
        { job: absent, image: "sha256:new" },
        { state: "done", output: { imageId: "sha256:new" } },
      ],
      [
        "its job was lost behind the image",
        { job: lost, image: "sha256:new" },
        { state: "done", output: { imageId: "sha256:new" } },
      ],
      ["no job, no image", { job: absent, image: null }, { state: "absent" }],
      ["its job was lost before the image", { job: lost, image: null }, { state: "absent" }],
      [
        "Docker is down, so the image cannot be looked for",
        { job: lost, dockerTrouble: noDaemon },
        "unknown",
        /Docker gave no answer.*Cannot connect/,
      ],
    ],
  },
  "ha.disable": {
    params: { ...haPlace },
    never: { attach: "there is no job: one transaction writes" },
    cases: [
      hostAway,
      ["nothing was meant to be written", { ha: haBefore }, { state: "absent" }],
      ["it was meant and not written", { intent, ha: haBefore }, { state: "absent" }],
      [
        "it was meant and is written",
        { intent, ha: haAfter },
        { state: "done", output: { wasEnabled: true } },
      ],
      [
        "somebody else has written something",
        { intent, ha: '{"enable":false,"x":1}' },
        "unknown",
        /neither what it was nor what was to be written/,
      ],
      ["the row is gone", { intent, ha: null }, "unknown", /0 rows for ha\.config/],
    ],
  },
  "ha.enable": {
    params: {
      ...{ ...haPlace, enable: true, asFoundBy: null },
      ...{ since: "T1", marginMin: 30, mark: "T2" },
    },
    never: { attach: "there is no job: one transaction writes" },
    cases: [
      hostAway,
      ["nothing was meant to be written", { ha: haBefore }, { state: "absent" }],
      ["it was meant and not written", { intent, ha: haBefore }, { state: "absent" }],
      [
        "it was meant and is written",
        { intent, ha: haAfter },
        { state: "done", output: { wasEnabled: true } },
      ],
      ["somebody else has written", { intent, ha: "{}" }, "unknown", /neither what it was/],
      ["the row is gone", { intent, ha: null }, "unknown", /0 rows for ha\.config/],
    ],
  },
  "container.stop": {
    params: {
      nodeId,
      containerName: "oms_330",
      mark: "T1",
      ownedBy: null,
      createdBy: null,
      graceSeconds: 30,
      restartPolicy: "no",
    },
    never: { done: "a container found stopped tells no T1; stopping it once more does" },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost }, { state: "absent" }],
    ],
  },
  "database.dump": {
    params: {
      ...{ nodeId, route, database: "oms_rm", key: "rm", role: "rm", tool },
      ...{ directory: "/backups", file: "oms_rm.sql.zst", objectsFile: null },
      compression: "zstd",
      ...{ version: "3.3.0", live: false },
    },
    never: { done: byJobAlone },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost }, { state: "absent" }],
    ],
  },
  "container.start": {
    params: {
      nodeId,
      container: {
        ...{ name: "oms_331", image: "oms:331", hostIp: "10.0.0.1", isUpgrade: true },
        ...{ mounts: [], environment: [], labels: ours, ulimits: [], options: [] },
      },
    },
    cases: [
      ...attached,
      hostAway,
      ...[absent, lost].flatMap((job): Case[] => [
        [
          `job ${job.state}, our container runs`,
          { job, container: { id: "c2", name: "oms_331", running: true, labels: ours } },
          { state: "done", output: { containerId: "c2" } },
        ],
        [
          `job ${job.state}, our container was made and does not run`,
          { job, container: { id: "c2", name: "oms_331", running: false, labels: ours } },
          { state: "absent" },
        ],
        [`job ${job.state}, there is no container`, { job, container: null }, { state: "absent" }],
      ]),
      [
        "the name is somebody else's",
        { job: lost, container: { id: "c9", name: "oms_331", running: true } },
        "unknown",
        /not of this upgrade/,
      ],
      [
        "the name is another upgrade's",
        {
          job: lost,
          container: { id: "c9", name: "oms_331", running: true, labels: { [planLabel]: "pln_x" } },
        },
        "unknown",
        /not of this upgrade/,
      ],
      ["Docker is down", { job: lost, dockerTrouble: noDaemon }, "unknown", /Docker gave no/],
    ],
  },
  "metadata.init": {
    params: { nodeId, containerName: "oms_331" },
    never: { done: "OMS keeps no mark of a finished initialisation: only its exit code tells" },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost, initRuns: false }, "unknown", /left no exit code/],
      [
        "its job was lost, and what it began goes on in the container",
        { job: lost, initRuns: true },
        "unknown",
        /still runs in oms_331/,
      ],
    ],
  },
  "database.recreate": {
    params: {
      ...{ route, database: "oms_rm", characterSet: "utf8mb4", collation: "utf8mb4_bin" },
      backup: { nodeId, files: [dump] },
    },
    never: {
      attach: "there is no job",
      done: "a DROP whose connection was lost may still be under way: only the step's own wait tells",
      unknown: "the step looks before it drops, and drops nothing that is empty",
    },
    cases: [["whatever is there", {}, { state: "absent" }]],
  },
  "database.restore": {
    params: { nodeId, route, database: "oms_rm", data: dump, objects: null, tool },
    never: { done: byJobAlone },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost }, { state: "absent" }],
    ],
  },
  "dump.trial": {
    params: {
      ...{ nodeId, route, database: "oms_rm", tool, compression: "zstd", directory: "/backups" },
      scratch: "uplift_rehearse_000000000001_500",
    },
    never: {
      done: "what its job has loaded is still to be compared, which only the step itself does",
    },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost }, { state: "absent" }],
    ],
  },
  "database.rehearse": {
    params: {
      ...{ nodeId, route, database: "oms_rm", key: "rm", tool, compression: "zstd" },
      ...{ scratch: "uplift_rehearse_000000000001_1", paths: [dump.path], live: false },
      against: "source",
    },
    never: {
      done: "what its job has loaded is still to be compared, which only the step itself does",
    },
    cases: [
      ...attached,
      hostAway,
      ["no job", { job: absent }, { state: "absent" }],
      ["its job was lost", { job: lost }, { state: "absent" }],
    ],
  },
  "container.restart": {
    params: { nodeId, containerName: "oms_330", restartPolicy: "no" },
    cases: [
      ...attached,
      hostAway,
      [
        "no job, though the container runs: not by our doing",
        { job: absent, container: { id: "c1", name: "oms_330", running: true, startedAt: later } },
        { state: "absent" },
      ],
      [
        "its job was lost, and the container was started since",
        { job: lost, container: { id: "c1", name: "oms_330", running: true, startedAt: later } },
        { state: "done", output: { containerId: "c1" } },
      ],
      [
        "its job was lost, and the container has run since before",
        { job: lost, container: { id: "c1", name: "oms_330", running: true } },
        { state: "absent" },
      ],
      [
        "the same, on a host whose clock is two hours ahead",
        {
          ...{ job: lost, skewMs: 7_200_000 },
          container: { id: "c1", name: "oms_330", running: true, startedAt: later },
        },
        { state: "absent" },
      ],
      [
        "its job was lost, and the container does not run",
        { job: lost, container: { id: "c1", name: "oms_330", running: false, startedAt: later } },
        { state: "absent" },
      ],
      ["its job was lost, and the container is gone", { job: lost, container: null }, "absent"],
      ["Docker is down", { job: lost, dockerTrouble: noDaemon }, "unknown", /Docker gave no/],
    ],
  },
};

/** As the engine takes it: a probe that cannot be made leaves the truth unknown. */
async function probe<K extends WorkKind>(kind: K, params: StepParams<K>, world: World) {
  const { context, marks } = fakeContext(kind, params, world);
  const handler = stepHandlers[kind] as unknown as StepHandler<K>;
  const found = await handler.probe(context).catch((error: unknown): Probe => {
    const { code, message, remedy } = errorInfo(error);
    assert.notEqual(code, "internal", english(message));
    return { state: "unknown", why: english(message), remedy };
  });
  return { found, marks };
}

for (const [kind, { params, cases }] of Object.entries(probed) as [WorkKind, Probed<WorkKind>][]) {
  describe(`the probe of ${kind}`, () => {
    for (const [name, world, expected, why] of cases) {
      test(`${typeof expected === "string" ? expected : expected.state}: ${name}`, async () => {
        const { found } = await probe(kind, params, world);
        if (typeof expected !== "string") {
          // What a handler keeps for itself beside the probe is not the engine's business.
          const { state, output } = found as { state: string; output?: unknown };
          assert.deepEqual(output === undefined ? { state } : { state, output }, expected);
          return;
        }
        assert.equal(found.state, expected, JSON.stringify(found));
        if (found.state !== "unknown") return;
        assert.match(english(found.why), why ?? /./);
        assert.ok(english(found.remedy).length > 10, english(found.remedy));
      });
    }
  });
}

test("T2 of a write that had happened is the moment that was committed before it", async () => {
  const params = probed["ha.enable"]?.params;
  assert.ok(params);
  assert.deepEqual((await probe("ha.enable", params, { intent, ha: haAfter })).marks, ["T2 1234"]);
  assert.deepEqual((await probe("ha.enable", params, { intent, ha: haBefore })).marks, []);
});

test("a step that watched a person wrote nothing, whatever ha.config is: it looks anew", async () => {
  for (const kind of ["ha.disable", "ha.enable"] as const) {
    const params = { ...probed[kind]?.params, way: "guided" } as StepParams<typeof kind>;
    for (const ha of [haBefore, haAfter, "{}", null]) {
      const seen = await probe(kind, params, { intent, ha });
      assert.deepEqual(seen, { found: { state: "absent" }, marks: [] });
    }
  }
});

describe("every kind of step that may not simply run again", () => {
  for (const handler of Object.values(stepHandlers)) {
    if (handler.repeatable) continue;
    const { kind } = handler;
    test(`${kind} has its probe tested for every answer, or says why it never gives one`, () => {
      const table = probed[kind];
      assert.ok(table, `write cases for ${kind} in this file`);
      const answers = new Set(
        table.cases.map(([, , expected]) =>
          typeof expected === "string" ? expected : expected.state,
        ),
      );
      for (const state of ["done", "absent", "attach", "unknown"] as const) {
        const excused: boolean = table.never?.[state] !== undefined;
        assert.equal(answers.has(state), !excused, `${state}: a case, or a reason in "never"`);
      }
    });
  }
});
