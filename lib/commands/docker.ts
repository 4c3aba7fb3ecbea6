import type { ContainerSpec } from "#lib/domain/step.ts";
import { type Command, command } from "./command.ts";
import { endRunsOf } from "./end-script.ts";
import { runsOf, runUnlessRunning } from "./script-runs.ts";

/** `docker run` for the new container, as the vendor documents it (docs/domain, section 3.6). */
export function dockerRun(spec: ContainerSpec): Command {
  const mounts = spec.mounts.flatMap(({ source, target, readOnly, mode = [] }) => [
    "-v",
    [source, target, [...(readOnly ? ["ro"] : []), ...mode].join(",")]
      .filter((part) => part !== "")
      .join(":"),
  ]);
  const environment = [
    `OMS_HOST_IP=${spec.hostIp}`,
    ...(spec.isUpgrade ? ["IS_UPGRADE=true"] : []),
    ...spec.environment,
  ].flatMap((entry) => ["-e", entry]);
  const labels = Object.entries(spec.labels).flatMap(([key, value]) => [
    "--label",
    `${key}=${value}`,
  ]);
  return command(
    "docker",
    "run",
    "-dit",
    "--net",
    "host",
    "--privileged=true",
    "--pids-limit",
    "-1",
    "--ulimit",
    "nproc=65535:65535",
    ...spec.ulimits.flatMap((limit) => ["--ulimit", limit]),
    ...spec.options,
    ...mounts,
    ...environment,
    ...labels,
    "--name",
    spec.name,
    spec.image,
  );
}

/** The label that ties a container to the plan that created it; probes recognise their own by it. */
export const planLabel = "uplift.plan";

export function dockerStop(name: string, graceSeconds: number): Command {
  return command("docker", "stop", "-t", String(graceSeconds), name);
}

/** When Docker starts a container by itself: `no`, `always`, `unless-stopped`, `on-failure:N`. */
export function dockerRestartPolicy(name: string, policy: string): Command {
  return command("docker", "update", `--restart=${policy}`, name);
}

/** The documented way to bring the old container back. */
export function dockerRestart(name: string): Command {
  return command("docker", "restart", name);
}

export function dockerStart(name: string): Command {
  return command("docker", "start", name);
}

export function dockerRename(name: string, newName: string): Command {
  return command("docker", "rename", name, newName);
}

export function dockerLoad(archive: string): Command {
  return command("docker", "load", "-i", archive);
}

const initScript = "/root/docker_init.sh";

/** The vendor's initialisation; not repeatable without a look, must not be interrupted. */
export function dockerInit(containerName: string): Command {
  return command("docker", "exec", containerName, "bash", initScript);
}

/**
 * The same, unless it runs there already: then it ends with 1 and `underWayReport`. Look and start are one
 * `docker exec`, so that little time passes between them, and none of the outage for a second one.
 */
export function dockerInitUnlessRunning(containerName: string): Command {
  return command("docker", "exec", containerName, ...runUnlessRunning("bash", initScript).argv);
}

/** Ends with 0 when the initialisation runs in its container, whoever began it; with 1 when it does not. */
export function dockerInitRuns(containerName: string): Command {
  return command("docker", "exec", containerName, ...runsOf(initScript).argv);
}

/**
 * Ends the initialisation within its container: ending `docker exec` on the host leaves what it
 * started running.
 */
export function dockerEndInit(containerName: string): { command: Command; shown: Command } {
  const within = (argv: readonly string[]) => command("docker", "exec", containerName, ...argv);
  return {
    command: within(endRunsOf(initScript).argv),
    shown: within(["sh", "-c", "# ends docker_init.sh with all that it has started"]),
  };
}

export function supervisorctl(containerName: string, ...words: string[]): Command {
  return command("docker", "exec", containerName, "supervisorctl", ...words);
}

export function dockerInspect(...names: string[]): Command {
  return command("docker", "inspect", "--type", "container", ...names);
}

export function dockerLogsTail(name: string): Command {
  return command("docker", "logs", "--tail", "40", name);
}

/** Image id of a reference, or a failure when the host lacks it. */
export function dockerImageId(reference: string): Command {
  return command("docker", "image", "inspect", "--format", "{{.Id}}", reference);
}

/** Every tagged image of the host: one reference a line. */
export function dockerImages(): Command {
  return command("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
}

/** What a container gets from its image, as JSON: environment, labels, program ... */
export function dockerImageDefaults(reference: string): Command {
  return command("docker", "image", "inspect", "--format", "{{json .Config}}", reference);
}

/** Every container of the host, also stopped ones: one name a line. */
export function dockerNames(): Command {
  return command("docker", "ps", "-a", "--format", "{{.Names}}");
}

export function dockerServerVersion(): Command {
  return command("docker", "version", "--format", "{{.Server.Version}}");
}
