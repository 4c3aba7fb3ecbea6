import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fieldsOf,
  isManagerLabel,
  managerOf,
  readHostOptions,
  readOwnOptions,
  restartPolicyOf,
} from "./container-options.ts";

/** As Docker answers for `docker run -dit --net host --privileged=true --pids-limit -1 --ulimit nproc=65535:65535`. */
const everyOms = {
  ...{ Binds: ["/data/logs:/home/admin/logs"], ContainerIDFile: "", NetworkMode: "host" },
  ...{ LogConfig: { Type: "json-file", Config: {} }, PortBindings: {}, AutoRemove: false },
  ...{ RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, ConsoleSize: [40, 120], CapAdd: null },
  ...{ CgroupnsMode: "private", Dns: [], ExtraHosts: null, IpcMode: "private", OomScoreAdj: 0 },
  ...{ PidMode: "", Privileged: true, SecurityOpt: ["label=disable"], ShmSize: 67108864 },
  ...{ Runtime: "runc", Memory: 0, NanoCpus: 0, MemorySwappiness: null, PidsLimit: -1 },
  ...{ Ulimits: [{ Name: "nproc", Soft: 65535, Hard: 65535 }], MaskedPaths: null },
};

test("what every OMS container has is not said again", () => {
  assert.deepEqual(readHostOptions(everyOms), { options: [], refused: [] });
});

/** A field of HostConfig and the words of `docker run` for it. */
const carried: [field: string, value: unknown, words: string[]][] = [
  [
    "LogConfig",
    { Type: "json-file", Config: { "max-size": "100m" } },
    ["--log-driver=json-file", "--log-opt=max-size=100m"],
  ],
  ["ShmSize", 1073741824, ["--shm-size=1073741824"]],
  ["Tmpfs", { "/tmp": "size=64m" }, ["--tmpfs=/tmp:size=64m"]],
  [
    "Devices",
    [{ PathOnHost: "/dev/x", PathInContainer: "/dev/y", CgroupPermissions: "rw" }],
    ["--device=/dev/x:/dev/y:rw"],
  ],
  ["CapAdd", ["SYS_TIME"], ["--cap-add=SYS_TIME"]],
  ["SecurityOpt", ["label=disable", "seccomp=unconfined"], ["--security-opt=seccomp=unconfined"]],
  ["Sysctls", { "kernel.shmmax": "1" }, ["--sysctl=kernel.shmmax=1"]],
  ["NanoCpus", 1_500_000_000, ["--cpus=1.5"]],
  ["DnsSearch", ["example.com"], ["--dns-search=example.com"]],
  ["ExtraHosts", ["db:10.0.0.1"], ["--add-host=db:10.0.0.1"]],
  ["UsernsMode", "host", ["--userns=host"]],
  ["Init", true, ["--init"]],
];

for (const [field, value, words] of carried) {
  test(`${field} is carried over`, () => {
    const seen = readHostOptions({ ...everyOms, [field]: value });
    assert.deepEqual(seen, { options: words, refused: [] });
  });
}

test("a zero that somebody has set is carried", () => {
  assert.deepEqual(readHostOptions({ ...everyOms, MemorySwappiness: 0 }).options, [
    "--memory-swappiness=0",
  ]);
  assert.deepEqual(readOwnOptions({ StopTimeout: 0 }, {}).options, ["--stop-timeout=0"]);
});

test("swap is said only where it is not Docker's own", () => {
  const swap = (MemorySwap: number) =>
    readHostOptions({ ...everyOms, Memory: 1024, MemorySwap }).options;
  assert.deepEqual(swap(2048), ["--memory=1024"]);
  assert.deepEqual(swap(-1), ["--memory=1024", "--memory-swap=-1"]);
});

test("what cannot be carried and what nobody knows is refused by name", () => {
  const { refused } = readHostOptions({
    ...everyOms,
    DeviceRequests: [{ Driver: "nvidia" }],
    IpcMode: "container:other",
    SomethingOfTomorrow: { a: 1 },
    EmptyOfTomorrow: { a: null },
  });
  assert.deepEqual(refused, [
    'DeviceRequests=[{"Driver":"nvidia"}]',
    'IpcMode="container:other"',
    'SomethingOfTomorrow={"a":1}',
  ]);
});

test("of its Config only what the image does not say is carried; another program is refused", () => {
  const image = { Cmd: ["bash"], Entrypoint: null, User: "", StopSignal: "SIGTERM" };
  const own = { ...image, Hostname: "hz-1", Env: ["A=b"], User: "1000", StopTimeout: 90 };
  assert.deepEqual(readOwnOptions(own, image), {
    options: ["--stop-timeout=90", "--user=1000"],
    refused: [],
  });
  assert.deepEqual(readOwnOptions({ ...image, Cmd: ["sleep"] }, image).refused, ['Cmd=["sleep"]']);
});

test("a health check in words of docker run", () => {
  const check = { Test: ["CMD-SHELL", "curl -f x"], Interval: 30_000_000_000, Retries: 3 };
  assert.deepEqual(readOwnOptions({ Healthcheck: check }, {}).options, [
    "--health-cmd=curl -f x",
    "--health-interval=30000000000ns",
    "--health-retries=3",
  ]);
});

test("a token in a log option is in no plan: the field is refused, and told by its name alone", () => {
  const LogConfig = { Type: "splunk", Config: { "splunk-token": "t0p-secret" } };
  const { options, refused } = readHostOptions({ ...everyOms, LogConfig });
  assert.deepEqual([options, fieldsOf(refused)], [[], ["LogConfig"]]);
});

test("a restart policy as docker update takes it", () => {
  assert.equal(restartPolicyOf(null), "no");
  assert.equal(restartPolicyOf({ Name: "" }), "no");
  assert.equal(restartPolicyOf({ Name: "unless-stopped", MaximumRetryCount: 0 }), "unless-stopped");
  assert.equal(restartPolicyOf({ Name: "on-failure", MaximumRetryCount: 5 }), "on-failure:5");
});

test("who starts the container by itself is known by its labels", () => {
  const compose = {
    "com.docker.compose.project": "oms",
    "com.docker.compose.project.config_files": "/opt/oms/compose.yaml",
  };
  assert.equal(managerOf(compose), "Docker Compose (project oms, /opt/oms/compose.yaml)");
  assert.equal(managerOf({ PODMAN_SYSTEMD_UNIT: "oms.service" }), "systemd (unit oms.service)");
  assert.equal(managerOf({ team: "data" }), null);
  assert.deepEqual(["com.docker.compose.service", "team"].map(isManagerLabel), [true, false]);
});
