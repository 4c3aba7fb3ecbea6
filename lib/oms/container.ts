import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { looksSecret } from "./secret-names.ts";

/** Paths inside the container that OMS fixes (docs/domain, section 1). */
export const containerPaths = {
  config: "/home/admin/conf/config.yaml",
  logs: "/home/admin/logs",
  store: "/home/ds/store",
  run: "/home/ds/run",
  certificate: "/etc/pki/nginx/oms_server.crt",
  key: "/etc/pki/nginx/oms_server.key",
} as const;

/** The part of `docker inspect` that Uplift reads. */
const Inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z.object({ Running: z.boolean(), StartedAt: z.string() }),
  Config: z.object({
    Image: z.string(),
    Env: z.array(z.string()).nullable(),
    Labels: z.record(z.string(), z.string()).nullable(),
  }),
  HostConfig: z.object({
    NetworkMode: z.string(),
    Privileged: z.boolean(),
    Ulimits: z.array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() })).nullish(),
    RestartPolicy: z.object({ Name: z.string() }).nullish(),
    Memory: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpusetCpus: z.string().nullish(),
    ExtraHosts: z.array(z.string()).nullish(),
    Dns: z.array(z.string()).nullish(),
  }),
  Mounts: z.array(
    z.object({
      Type: z.string(),
      Name: z.string().optional(),
      Source: z.string().default(""),
      Destination: z.string(),
      RW: z.boolean(),
    }),
  ),
});

/** The facts of each container in the answer of `docker inspect NAME...`. @throws UpliftError */
export function readInspect(json: string, host: string): ContainerFacts[] {
  const parsed = z.array(Inspected).safeParse(parseJson(json));
  if (!parsed.success) {
    throw new UpliftError(
      "command.output_unreadable",
      `docker inspect on ${host} answered something unexpected.`,
      {
        host,
        remedy: `Run "docker inspect" on ${host} by hand and look at its answer.`,
        cause: parsed.error,
      },
    );
  }
  return parsed.data.map((one) => ({
    id: one.Id,
    name: one.Name.replace(/^\//, ""),
    image: one.Config.Image,
    imageId: one.Image,
    running: one.State.Running,
    startedAt: one.State.StartedAt,
    mounts: one.Mounts.filter((mount) => mount.Type === "bind").map((mount) => ({
      source: mount.Source,
      target: mount.Destination,
      readOnly: !mount.RW,
    })),
    volumes: one.Mounts.filter((mount) => mount.Type !== "bind").map((mount) => ({
      type: mount.Type,
      name: mount.Name ?? "",
      target: mount.Destination,
    })),
    ulimits: (one.HostConfig.Ulimits ?? []).map(
      ({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`,
    ),
    otherOptions: otherOptions(one.HostConfig),
    environment: (one.Config.Env ?? []).map(maskVariable),
    labels: one.Config.Labels ?? {},
    networkMode: one.HostConfig.NetworkMode,
    privileged: one.HostConfig.Privileged,
  }));
}

const ImageDefaults = z.tuple([
  z.array(z.string()).nullable(),
  z.record(z.string(), z.string()).nullable(),
]);

/**
 * A container without what came with its image, which the new image brings of its own.
 *
 * @param json the answer of `dockerImageDefaults`; an unreadable one takes nothing away
 */
export function withoutImageDefaults(container: ContainerFacts, json: string): ContainerFacts {
  const parsed = ImageDefaults.safeParse(parseJson(json));
  const [environment, labels] = parsed.success ? parsed.data : [null, null];
  const builtIn = new Set(environment?.map(maskVariable));
  return {
    ...container,
    environment: container.environment.filter((one) => !builtIn.has(one)),
    labels: Object.fromEntries(
      Object.entries(container.labels).filter(([key, value]) => labels?.[key] !== value),
    ),
  };
}

/** Options of `docker run` that the new container would not have, as a person would type them. */
function otherOptions(host: z.infer<typeof Inspected>["HostConfig"]): string[] {
  const restart = host.RestartPolicy?.Name ?? "";
  return [
    ...(restart !== "" && restart !== "no" ? [`--restart ${restart}`] : []),
    ...(host.Memory ? [`--memory ${host.Memory}`] : []),
    ...(host.NanoCpus ? [`--cpus ${host.NanoCpus / 1e9}`] : []),
    ...(host.CpusetCpus ? [`--cpuset-cpus ${host.CpusetCpus}`] : []),
    ...(host.ExtraHosts ?? []).map((entry) => `--add-host ${entry}`),
    ...(host.Dns ?? []).map((address) => `--dns ${address}`),
  ];
}

/** Whether a container is an OMS one: it mounts a configuration where OMS expects it. */
export function isOmsContainer(container: ContainerFacts): boolean {
  return container.mounts.some((mount) => mount.target === containerPaths.config);
}

/** The host's path of something mounted into the container, or null. */
export function hostPath(container: ContainerFacts, target: string): string | null {
  return container.mounts.find((mount) => mount.target === target)?.source ?? null;
}

/** A value of the container's environment, or null. */
export function environmentValue(container: ContainerFacts, name: string): string | null {
  const line = container.environment.find((entry) => entry.startsWith(`${name}=`));
  return line?.slice(name.length + 1) ?? null;
}

/** A variable of an environment, its value masked when its name says that it is a secret. */
export function maskVariable(entry: string): string {
  const name = entry.slice(0, entry.indexOf("="));
  return looksSecret(name) ? `${name}=${Secret.mask}` : entry;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
