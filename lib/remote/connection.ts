import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { type AnyAuthMethod, type AuthHandlerMiddleware, Client, type ConnectConfig } from "ssh2";
import { type Attempt, connectError, keyUnusable } from "./connect-errors.ts";
import { fingerprintOf } from "./host-keys.ts";
import type { SshAccount } from "./types.ts";

/** TCP and SSH handshake and login together. */
const connectTimeoutMs = 15_000;
/**
 * A question every five seconds in which nothing was heard; after the third without an answer the
 * connection counts as lost at the next: a peer that is gone is noticed within twenty seconds.
 */
const keepalive = { keepaliveInterval: 5_000, keepaliveCountMax: 3 };

/** One authenticated SSH connection. */
export interface Connection {
  readonly client: Client;
  readonly socket: Duplex;
  readonly openedAt: number;
  /**
   * Set once the connection can carry nothing more. ssh2 says so a moment later, when the process has come round
   * to it: whoever tries again within that moment must not be given the same connection.
   */
  readonly lost: boolean;
  /** Why it is gone, when the transport said so. */
  readonly lossCause: Error | undefined;
  /** Called once when it is gone. */
  onLost(callback: () => void): void;
}

/**
 * Connects and logs in. The host key is compared with the pinned one before anything about the user
 * is sent. Aborting `signal` gives up an attempt that is under way.
 * @param tunnel a stream that a bastion has opened to the server; null: connect to it directly
 * @throws UpliftError ssh.unreachable, ssh.host_key_changed, ssh.auth_failed
 */
export function openConnection(
  target: SshAccount,
  signal: AbortSignal,
  tunnel: Duplex | null,
): Promise<Connection> {
  const attempt: Attempt = {
    tcpConnected: tunnel !== null,
    refusedFingerprint: null,
    offeredMethods: null,
  };
  return new Promise((resolve, reject) => {
    const client = new Client();
    const { host, port } = target;
    const socket = tunnel ?? connectTcp({ host, port, noDelay: true });
    const giveUp = () => socket.destroy();
    signal.addEventListener("abort", giveUp, { once: true });
    let cause: Error | undefined;
    let lost = false;
    socket.once("connect", () => {
      attempt.tcpConnected = true;
    });
    // The first error says why; later ones are its consequences. ssh2 would wait for the other side
    // to hang up, which may never happen.
    client.on("error", (error) => {
      cause ??= error;
      socket.destroy();
    });
    client.on("close", () => {
      lost = true;
      signal.removeEventListener("abort", giveUp);
      reject(connectError(target, attempt, cause ?? new Error("the server closed the connection")));
    });
    client.on("ready", () => {
      cause = undefined;
      resolve({
        client,
        socket,
        openedAt: Date.now(),
        get lost() {
          return lost || !socket.writable;
        },
        get lossCause() {
          return cause;
        },
        onLost: (callback) => {
          if (lost) callback();
          else client.once("close", callback);
        },
      });
    });
    try {
      client.connect({
        sock: socket,
        username: target.username,
        readyTimeout: connectTimeoutMs,
        ...keepalive,
        hostVerifier: (blob: Buffer) => {
          const presented = fingerprintOf(blob);
          if (presented === target.hostKeyFingerprint) return true;
          attempt.refusedFingerprint = presented;
          return false;
        },
        ...credentials(target, attempt),
      });
    } catch (error) {
      socket.destroy();
      reject(keyUnusable(target, error));
    }
  });
}

/** What ssh2 really calls: the first call has no methods yet, and `false` gives up. */
type AuthHandler = (
  offered: readonly string[] | null,
  partial: boolean | null,
  next: (method: AnyAuthMethod | "publickey" | false) => void,
) => void;

/**
 * One attempt with the one way that fits: a wrong password must not be tried twice (as `password`
 * and again as `keyboard-interactive`), since accounts are locked after a few failures.
 */
function credentials(target: SshAccount, attempt: Attempt): Partial<ConnectConfig> {
  const { auth, username } = target;
  let tried = false;
  const choose: AuthHandler = (offered, _partial, next) => {
    if (offered === null) return next({ type: "none", username });
    attempt.offeredMethods ??= offered;
    if (tried) return next(false);
    tried = true;
    if (auth.method === "key") {
      if (!offered.includes("publickey")) return next(false);
      return next("publickey");
    }
    const password = auth.password.reveal();
    if (offered.includes("password")) return next({ type: "password", username, password });
    if (!offered.includes("keyboard-interactive")) return next(false);
    next({
      type: "keyboard-interactive",
      username,
      // Only a hidden prompt is asking for the password.
      prompt: (_name, _instructions, _language, prompts, answer) =>
        answer(prompts.map((prompt) => (prompt.echo ? "" : password))),
    });
  };
  const authHandler = choose as AuthHandlerMiddleware;
  if (auth.method === "password") return { authHandler };
  const privateKey = auth.privateKey.reveal();
  return auth.passphrase === null
    ? { authHandler, privateKey }
    : { authHandler, privateKey, passphrase: auth.passphrase.reveal() };
}
