import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts, Mount } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { fieldsOf, readHostOptions, readOwnOptions, restartPolicyOf } from "./container-options.ts";
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
  Config: z.looseObject({
    Image: z.string(),
    Env: z.array(z.string()).nullable(),
    Labels: z.record(z.string(), z.string()).nullable(),
  }),
  HostConfig: z.looseObject({
    NetworkMode: z.string(),
    Privileged: z.boolean(),
    AutoRemove: z.boolean().default(false),
    Ulimits: z.array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() })).nullish(),
    RestartPolicy: z
      .object({ Name: z.string(), MaximumRetryCount: z.number().optional() })
      .nullish(),
  }),
  Mounts: z.array(
    z.object({
      Type: z.string(),
      Name: z.string().optional(),
      Source: z.string().default(""),
      Destination: z.string(),
      RW: z.boolean(),
      Mode: z.string().default(""),
      Propagation: z.string().default(""),
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
      ...moreOf(mount),
    })),
    volumes: one.Mounts.filter((mount) => mount.Type !== "bind").map((mount) => ({
      type: mount.Type,
      name: mount.Name ?? "",
      target: mount.Destination,
    })),
    ulimits: (one.HostConfig.Ulimits ?? []).map(
      ({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`,
    ),
    ...optionsOf(one),
    restartPolicy: restartPolicyOf(one.HostConfig.RestartPolicy ?? null),
    autoRemove: one.HostConfig.AutoRemove,
    environment: (one.Config.Env ?? []).map(maskVariable),
    labels: one.Config.Labels ?? {},
    networkMode: one.HostConfig.NetworkMode,
    privileged: one.HostConfig.Privileged,
  }));
}

const ImageDefaults = z.looseObject({
  Env: z.array(z.string()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
});

/**
 * A container without what came with its image, which the new image brings of its own.
 *
 * @param json the answer of `dockerImageDefaults`; an unreadable one takes nothing away
 */
export function withoutImageDefaults(container: ContainerFacts, json: string): ContainerFacts {
  const parsed = ImageDefaults.safeParse(parseJson(json));
  const image = parsed.success ? parsed.data : {};
  const { Env, Labels } = image as z.infer<typeof ImageDefaults>;
  const builtIn = new Set(Env?.map(maskVariable));
  const its = readOwnOptions(image, {});
  const isOwn = (of: readonly string[]) => (one: string) => !of.includes(one);
  return {
    ...container,
    environment: container.environment.filter((one) => !builtIn.has(one)),
    labels: Object.fromEntries(
      Object.entries(container.labels).filter(([key, value]) => Labels?.[key] !== value),
    ),
    options: container.options.filter(isOwn(its.options)),
    refused: fieldsOf(container.refused.filter(isOwn(its.refused))),
  };
}

/** What `docker run -v` says behind the target beside `ro`. */
function moreOf({ Mode, Propagation }: { Mode: string; Propagation: string }): Pick<Mount, "mode"> {
  const own = Mode.split(",").filter((word) => /^(z|Z|nocopy)$/.test(word));
  const mode = [...own, ...(/^r?(shared|slave)$/.test(Propagation) ? [Propagation] : [])];
  return mode.length > 0 ? { mode } : {};
}

/** What it has been given of its own; what comes with its image is taken off by `withoutImageDefaults`. */
function optionsOf({ HostConfig, Config }: z.infer<typeof Inspected>) {
  const host = readHostOptions(HostConfig);
  const own = readOwnOptions(Config, {});
  return {
    options: [...host.options, ...own.options],
    refused: [...host.refused, ...own.refused],
  };
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
