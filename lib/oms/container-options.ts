import { looksSecret } from "./secret-names.ts";

/**
 * What `docker inspect` says of how a container was made, field by field. Each field is in one of three lists: carried
 * over to the new container, of no matter, or refused. One that is in none and says something is unknown, and refused
 * with its name, so that nothing is lost silently (fields: Docker Engine API 1.24 to 1.51, ContainerInspect).
 */

/** What `docker inspect` calls HostConfig or Config. */
type Fields = Readonly<Record<string, unknown>>;

/** Words of `docker run` for a value that says something; null: it cannot be carried. */
type Carry = (value: unknown, all: Fields) => string[] | null;

const text = (value: unknown): string => String(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);
const entries = (value: unknown): [string, string][] =>
  Object.entries((value ?? {}) as Record<string, unknown>).map(([key, one]) => [key, text(one)]);

const once =
  (option: string): Carry =>
  (value) => [`${option}=${text(value)}`];
const each =
  (option: string): Carry =>
  (value) =>
    texts(value).map((one) => `${option}=${one}`);
const pairs =
  (option: string): Carry =>
  (value) =>
    entries(value).map(([key, one]) => `${option}=${key}=${one}`);
const flag =
  (option: string): Carry =>
  () => [option];
/** A mode that is carried unless it is Docker's own; one that leans on another container cannot be. */
const mode =
  (option: string, ...usual: string[]): Carry =>
  (value) =>
    usual.includes(text(value))
      ? []
      : text(value).startsWith("container:")
        ? null
        : [`${option}=${text(value)}`];

const carriedHostFields: Readonly<Record<string, Carry>> = {
  LogConfig: (value) => {
    const { Type, Config } = (value ?? {}) as { Type?: unknown; Config?: unknown };
    const options = pairs("--log-opt")(Config, {}) ?? [];
    const usual = options.length === 0 && (Type === "json-file" || !Type);
    return usual ? [] : [`--log-driver=${text(Type)}`, ...options];
  },
  Annotations: pairs("--annotation"),
  BlkioWeight: once("--blkio-weight"),
  CapAdd: each("--cap-add"),
  CapDrop: each("--cap-drop"),
  CgroupParent: once("--cgroup-parent"),
  CgroupnsMode: mode("--cgroupns", "private"),
  CpuPeriod: once("--cpu-period"),
  CpuQuota: once("--cpu-quota"),
  CpuShares: once("--cpu-shares"),
  CpusetCpus: once("--cpuset-cpus"),
  CpusetMems: once("--cpuset-mems"),
  DeviceCgroupRules: each("--device-cgroup-rule"),
  Devices: (value) =>
    (value as { PathOnHost?: string; PathInContainer?: string; CgroupPermissions?: string }[]).map(
      ({ PathOnHost = "", PathInContainer = PathOnHost, CgroupPermissions = "rwm" }) =>
        `--device=${PathOnHost}:${PathInContainer}:${CgroupPermissions}`,
    ),
  Dns: each("--dns"),
  DnsOptions: each("--dns-option"),
  DnsSearch: each("--dns-search"),
  ExtraHosts: each("--add-host"),
  GroupAdd: each("--group-add"),
  Init: flag("--init"),
  IpcMode: mode("--ipc", "private", "shareable"),
  Memory: once("--memory"),
  MemoryReservation: once("--memory-reservation"),
  // Docker's own value is twice the memory.
  MemorySwap: (value, { Memory }) =>
    Memory && value === Number(Memory) * 2 ? [] : [`--memory-swap=${text(value)}`],
  MemorySwappiness: (value) => (value === -1 ? [] : [`--memory-swappiness=${text(value)}`]),
  NanoCpus: (value) => [`--cpus=${Number(value) / 1e9}`],
  OomKillDisable: flag("--oom-kill-disable"),
  OomScoreAdj: once("--oom-score-adj"),
  PidMode: mode("--pid"),
  ReadonlyRootfs: flag("--read-only"),
  Runtime: mode("--runtime", "runc", "io.containerd.runc.v2"),
  // Docker itself adds it to every privileged container.
  SecurityOpt: (value) =>
    texts(value)
      .filter((one) => one !== "label=disable")
      .map((one) => `--security-opt=${one}`),
  ShmSize: (value) => (value === 64 * 1024 ** 2 ? [] : [`--shm-size=${text(value)}`]),
  StorageOpt: pairs("--storage-opt"),
  Sysctls: pairs("--sysctl"),
  Tmpfs: (value) =>
    entries(value).map(([path, options]) => `--tmpfs=${path}${options ? `:${options}` : ""}`),
  UTSMode: mode("--uts"),
  UsernsMode: mode("--userns"),
};

/** Set by Uplift itself, read elsewhere, or without a meaning in a container with `--net host`. */
const idleHostFields = new Set([
  ...["Binds", "Mounts", "VolumesFrom", "VolumeDriver", "Ulimits", "PidsLimit", "Privileged"],
  ...["NetworkMode", "PortBindings", "PublishAllPorts", "Links", "RestartPolicy", "AutoRemove"],
  ...["ContainerIDFile", "ConsoleSize", "Cgroup", "Isolation", "MaskedPaths", "ReadonlyPaths"],
  ...["CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth", "KernelMemoryTCP"],
]);

const refusedHostFields = new Set([
  ...["BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps"],
  ...["BlkioDeviceWriteIOps", "CpuRealtimePeriod", "CpuRealtimeRuntime", "DeviceRequests"],
  "KernelMemory",
]);

const carriedFields: Readonly<Record<string, Carry>> = {
  Domainname: once("--domainname"),
  User: once("--user"),
  WorkingDir: once("--workdir"),
  StopSignal: once("--stop-signal"),
  StopTimeout: once("--stop-timeout"),
  Healthcheck: (value) => {
    const { Test, ...rest } = value as { Test?: string[] } & Record<string, number>;
    const [kind, ...words] = Test ?? [];
    if (kind === "NONE") return ["--no-healthcheck"];
    if (kind !== "CMD-SHELL") return null;
    const times = { Interval: "interval", Timeout: "timeout", StartPeriod: "start-period" };
    return [
      `--health-cmd=${words.join(" ")}`,
      ...Object.entries(times).flatMap(([key, option]) =>
        rest[key] ? [`--health-${option}=${rest[key]}ns`] : [],
      ),
      ...(rest.Retries ? [`--health-retries=${rest.Retries}`] : []),
    ];
  },
};

/** The image's name, what Uplift carries by its own fields, and what a terminal needs. */
const idleFields = new Set([
  ...["Image", "Env", "Labels", "Hostname", "MacAddress", "NetworkDisabled", "ExposedPorts"],
  ...["AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce"],
  ...["ArgsEscaped", "OnBuild", "Shell", "Volumes"],
]);

/** A zero says something here: unset, they are null or left out. */
const zeroSays = new Set(["MemorySwappiness", "StopTimeout"]);

/** Words for these may have a token or a password in them, which must stand in no plan and no command line. */
const mayHoldSecrets = new Set(["Annotations", "Healthcheck", "LogConfig"]);

/** Another program than the image's would run in the new container, too. */
const refusedFields = new Set(["Cmd", "Entrypoint"]);

export interface ContainerOptions {
  /** Words of `docker run` for what the container has beside what every OMS container has. */
  options: string[];
  /** Fields that say something that cannot be carried over, as `FIELD=value`; see `fieldsOf`. */
  refused: string[];
}

/** How a container was made, as words for the next one. Pure. */
export function readHostOptions(host: Fields): ContainerOptions {
  return readFields(host, {}, carriedHostFields, idleHostFields, refusedHostFields);
}

/** The same of its Config, without what the image says alike. Pure. */
export function readOwnOptions(own: Fields, image: Fields): ContainerOptions {
  return readFields(own, image, carriedFields, idleFields, refusedFields);
}

function readFields(
  fields: Fields,
  usual: Fields,
  carried: Readonly<Record<string, Carry>>,
  idle: ReadonlySet<string>,
  refused: ReadonlySet<string>,
): ContainerOptions {
  const found: ContainerOptions = { options: [], refused: [] };
  for (const [field, value] of Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const isEmpty = saysNothing(value) && !(value === 0 && zeroSays.has(field));
    if (idle.has(field) || isEmpty || isSame(value, usual[field])) continue;
    const words = refused.has(field) ? null : (carried[field]?.(value, fields) ?? null);
    const hidden = mayHoldSecrets.has(field) && words?.some(looksSecret);
    if (words === null || hidden) found.refused.push(`${field}=${JSON.stringify(value)}`);
    else found.options.push(...words);
  }
  return found;
}

/** The names of refused fields: their values, of which a program's words are one, may hold secrets. */
export const fieldsOf = (refused: readonly string[]): string[] =>
  refused.map((one) => one.slice(0, one.indexOf("=")));

const saysNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.every(saysNothing)) ||
  (typeof value === "object" && Object.values(value).every(saysNothing));

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** `--restart` of a container, `no` where it has none. */
export function restartPolicyOf(
  policy: { Name: string; MaximumRetryCount?: number | undefined } | null,
): string {
  if (!policy || policy.Name === "") return "no";
  return policy.MaximumRetryCount ? `${policy.Name}:${policy.MaximumRetryCount}` : policy.Name;
}

/** Labels of what starts containers by itself, and how a person calls it. */
const managers: [
  label: RegExp,
  name: (value: string, labels: Readonly<Record<string, string>>) => string,
][] = [
  [
    /^com\.docker\.compose\.project$/,
    (value, labels) =>
      `Docker Compose (project ${value}, ${labels["com.docker.compose.project.config_files"] ?? "file unknown"})`,
  ],
  [/^com\.docker\.stack\.namespace$/, (value) => `Docker Swarm (stack ${value})`],
  [/^io\.portainer\./, () => "Portainer"],
  [/^PODMAN_SYSTEMD_UNIT$/, (value) => `systemd (unit ${value})`],
  [/^com\.centurylinklabs\.watchtower\./, () => "Watchtower"],
  [/^io\.kubernetes\./, () => "Kubernetes"],
];

const managerLabel =
  /^(com\.docker\.(compose|stack|swarm)\.|io\.portainer\.|PODMAN_SYSTEMD_UNIT$|com\.centurylinklabs\.watchtower\.|io\.kubernetes\.)/;

/** Who has made the container, by its labels; null: a person with `docker run`. */
export function managerOf(labels: Readonly<Record<string, string>>): string | null {
  for (const [pattern, name] of managers) {
    const key = Object.keys(labels).find((label) => pattern.test(label));
    if (key !== undefined) return name(labels[key] ?? "", labels);
  }
  return null;
}

/** Labels that would make a manager take the new container for its own. */
export const isManagerLabel = (label: string): boolean => managerLabel.test(label);
