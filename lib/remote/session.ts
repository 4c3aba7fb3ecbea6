import type { ClientChannel } from "ssh2";
import { commandLine } from "#lib/commands/quote.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { connectionLost, place } from "./connect-errors.ts";
import type { Connection } from "./connection.ts";
import type { ChannelKind, Link } from "./link.ts";
import { asRoot, asUser, determineRootMode, type RootMode, type Run, stdinPrefix } from "./sudo.ts";
import type { HostTarget } from "./types.ts";
import { until } from "./until.ts";

/** How the command ended, by code or by signal. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

interface Started {
  readonly channel: ClientChannel;
  /**
   * Set once the server has told it; still missing when the channel closes if the connection broke.
   * Kept from the first moment on, since a short command can end before anybody listens.
   */
  readonly exit: Exit | undefined;
}

/** A command under way in its own channel. The slot goes back when the channel closes. */
export interface Session extends Started {
  readonly connection: Connection;
  /** How it became root; null when it runs as the user. */
  readonly rootMode: RootMode | null;
  /** Ends standard input after sudo's password, if that is due, and `text`. */
  sendInput(text: string): void;
  /** Sends sudo's password, if that is due; what the channel is given after it is the command's. */
  beginInput(): void;
}

export interface SessionRequest {
  kind: ChannelKind;
  root: boolean;
  /** What it is called in errors, e.g. "`docker ps` ran". */
  doing: string;
  signal?: AbortSignal;
  /** Called just before the command leaves for the host: from here on it may run. */
  onSend?: () => void;
}

const rootModes = new WeakMap<Connection, Promise<RootMode>>();
const rootProbeMs = 20_000;

/**
 * Opens a channel and starts `argv` in it.
 * @throws UpliftError ssh.*, sudo.refused; the signal's reason when it is aborted
 */
export async function openSession(
  link: Link,
  argv: readonly string[],
  request: SessionRequest,
): Promise<Session> {
  const { target } = link;
  const lease = await link.lease(request.kind, request.signal);
  const { connection } = lease;
  let rootMode: RootMode | null;
  try {
    rootMode = request.root ? await until(rootModeOf(connection, target), request.signal) : null;
  } catch (error) {
    lease.release();
    throw error;
  }
  const line = commandLine(rootMode === null ? asUser(argv) : asRoot(rootMode, argv));
  request.onSend?.();
  const started = start(connection, target, line, request.doing);
  // The slot follows the channel, even when nobody waits for the channel any more.
  started.then(({ channel }) => channel.once("close", lease.release), lease.release);
  try {
    const command = await until(started, request.signal);
    const prefix = rootMode === null ? "" : stdinPrefix(rootMode, target.sudoPassword);
    const { channel } = command;
    return {
      channel,
      connection,
      rootMode,
      get exit() {
        return command.exit;
      },
      sendInput: (text) => channel.end(prefix + text),
      beginInput: () => void (prefix !== "" && channel.write(prefix)),
    };
  } catch (error) {
    started.then(discard, () => undefined);
    throw error;
  }
}

/** Closes a channel that nobody reads; unread, it would never report its end. */
function discard({ channel }: Started): void {
  channel.resume();
  channel.stderr.resume();
  channel.close();
}

/** How to be root here, found out once per connection; a refusal is asked again next time. */
function rootModeOf(connection: Connection, target: HostTarget): Promise<RootMode> {
  const known = rootModes.get(connection);
  if (known !== undefined) return known;
  const run: Run = (argv, stdin) => runPlain(connection, target, argv, stdin);
  const mode = determineRootMode(target, run);
  rootModes.set(connection, mode);
  mode.catch(() => rootModes.delete(connection));
  return mode;
}

async function runPlain(
  connection: Connection,
  target: HostTarget,
  argv: readonly string[],
  stdin: string,
): Promise<{ code: number | null; stderr: string }> {
  const doing = "sudo was tried";
  const started = await start(connection, target, commandLine(argv), doing);
  const { channel } = started;
  return new Promise((resolve, reject) => {
    let stderr = "";
    const timer = setTimeout(() => {
      channel.close();
      resolve({ code: null, stderr: `no answer within ${rootProbeMs / 1000} s` });
    }, rootProbeMs);
    channel.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-4_000);
    });
    channel.resume();
    channel.on("close", () => {
      clearTimeout(timer);
      const { exit } = started;
      if (exit === undefined) reject(connectionLost(target, doing, connection.lossCause));
      else resolve({ code: exit.code, stderr });
    });
    channel.end(stdin);
  });
}

/** Asks sshd for a channel with a command in it. */
function start(
  connection: Connection,
  target: HostTarget,
  line: string,
  doing: string,
): Promise<Started> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      if (connection.lost) {
        return reject(connectionLost(target, doing, connection.lossCause ?? error));
      }
      reject(
        new UpliftError(
          "ssh.session_refused",
          `${place(target)} is connected but its SSH server did not start a command: ${error.message}.`,
          {
            host: target.name,
            retryable: true,
            remedy:
              "Check sshd_config for MaxSessions (Uplift uses up to 8), ForceCommand and the account's shell.",
            cause: error,
          },
        ),
      );
    };
    try {
      connection.client.exec(line, (error, channel) => {
        if (error) return refuse(error);
        // Without a listener an error would end the process; `close` tells the end anyway.
        channel.on("error", () => undefined);
        channel.stderr.on("error", () => undefined);
        let exit: Exit | undefined;
        channel.on("exit", (code: number | null, signal?: string) => {
          exit = { code, signal: signal ?? null };
        });
        resolve({
          channel,
          get exit() {
            return exit;
          },
        });
      });
    } catch (error) {
      refuse(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
