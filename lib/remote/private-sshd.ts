import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "#lib/domain/secret.ts";
import { fingerprintOf } from "./host-keys.ts";
import type { HostTarget } from "./types.ts";

/** A real sshd of its own for a test file, on 127.0.0.1. Needs root. */
export interface PrivateSshd extends AsyncDisposable {
  readonly target: HostTarget;
  /** A directory that is removed at the end; for jobs and the like. */
  readonly directory: string;
  /** Process ids of the children that serve one connection each. */
  connections(): number[];
  /** Stops listening and ends every connection, as a host that goes away. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param extra - further lines for sshd_config */
export async function startPrivateSshd(extra: readonly string[] = []): Promise<PrivateSshd> {
  const directory = mkdtempSync(join(tmpdir(), "uplift-sshd-"));
  mkdirSync("/run/sshd", { recursive: true });
  const file = (name: string) => join(directory, name);
  for (const name of ["host", "user"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file(name)]);
  }
  const port = await freePort();
  const config = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${file("host")}`,
    `AuthorizedKeysFile ${file("user.pub")}`,
    "PidFile none",
    "PermitRootLogin yes",
    "PasswordAuthentication no",
    "StrictModes no",
    "UsePAM no",
    // The tests are of Uplift, not of the start-up files of whoever runs them.
    `SetEnv HOME=${directory}`,
    "MaxStartups 100",
    ...extra,
  ];
  writeFileSync(file("sshd_config"), `${config.join("\n")}\n`);
  let daemon: ChildProcess | null = null;

  const children = () => {
    if (daemon?.pid === undefined) return [];
    const path = `/proc/${daemon.pid}/task/${daemon.pid}/children`;
    return readFileSync(path, "utf8").trim().split(" ").filter(Boolean).map(Number);
  };

  const start = async () => {
    daemon = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", file("sshd_config")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    await listening(daemon);
  };

  const stop = async () => {
    const stopped = daemon;
    if (stopped === null) return;
    const connected = children();
    const exited = new Promise((resolve) => stopped.once("exit", resolve));
    stopped.kill("SIGKILL");
    await exited;
    for (const pid of connected) kill(pid);
    daemon = null;
  };

  await start();
  return {
    directory,
    connections: children,
    start,
    stop,
    target: {
      id: directory,
      name: "node-1",
      host: "127.0.0.1",
      port,
      username: "root",
      auth: {
        method: "key",
        privateKey: new Secret(readFileSync(file("user"), "utf8")),
        passphrase: null,
      },
      sudoPassword: null,
      bastion: null,
      hostKeyFingerprint: fingerprintOf(publicBlob(file("host.pub"))),
    },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has gone by itself.
  }
}

function publicBlob(path: string): Buffer {
  const [, base64 = ""] = readFileSync(path, "utf8").split(" ");
  return Buffer.from(base64, "base64");
}

function listening(daemon: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    daemon.once("exit", () => reject(new Error(`sshd did not start: ${said}`)));
    daemon.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Server listening")) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
