import assert from "node:assert/strict";
import { test } from "node:test";
import { readInspect, withoutImageDefaults } from "./container.ts";

const image = { Env: ["PATH=/bin"], Labels: { maker: "x" }, Cmd: ["init"], StopSignal: "SIGTERM" };

function inspected(own: object = {}, host: object = {}, mount: object = {}): string {
  return JSON.stringify([
    {
      ...{ Id: "c1", Name: "/oms_330", Image: "sha256:1" },
      State: { Running: true, StartedAt: "2026-01-02T00:00:00Z" },
      Config: { ...image, Image: "oms:3.3.0", ...own },
      HostConfig: { NetworkMode: "host", Privileged: true, ...host },
      Mounts: [
        {
          ...{ Type: "bind", Source: "/data/logs", Destination: "/home/admin/logs", RW: true },
          ...mount,
        },
      ],
    },
  ]);
}

function seen(json: string) {
  const [container] = readInspect(json, "hz-1");
  assert.ok(container);
  return withoutImageDefaults(container, JSON.stringify(image));
}

test("what comes with the image is not the container's own", () => {
  const { environment, labels, options, refused } = seen(inspected());
  assert.deepEqual(
    { environment, labels, options, refused },
    {
      ...{ environment: [], labels: {}, options: [], refused: [] },
    },
  );
});

test("another program is refused by its field's name; what it was told stays out of the facts", () => {
  const container = seen(inspected({ Cmd: ["run", "--password=t0p-secret"] }));
  assert.deepEqual(container.refused, ["Cmd"]);
  assert.ok(!JSON.stringify(container).includes("t0p-secret"));
});

test("restart policy, --rm and how a directory is mounted are read", () => {
  const policy = { Name: "on-failure", MaximumRetryCount: 3 };
  const container = seen(
    inspected(
      {},
      { RestartPolicy: policy, AutoRemove: true },
      { Mode: "z", Propagation: "rslave" },
    ),
  );
  assert.deepEqual([container.restartPolicy, container.autoRemove], ["on-failure:3", true]);
  assert.deepEqual(container.mounts[0]?.mode, ["z", "rslave"]);
});
