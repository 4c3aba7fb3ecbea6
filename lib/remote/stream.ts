import { once } from "node:events";
import type { Command } from "#lib/commands/command.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { connectionLost } from "./connect-errors.ts";
import type { Link } from "./link.ts";
import { openSession, type Session } from "./session.ts";
import { isSudoRefusal, sudoRefused } from "./sudo.ts";
import type { StreamEnd, StreamOptions } from "./types.ts";

/** What is kept of standard error, characters from its end. */
const errorLimit = 4_000;

/**
 * Runs a command once and yields its standard output as it arrives, as fast as it is taken; see
 * RemoteHost.read.
 */
export async function* readFrom(
  link: Link,
  command: Command,
  options: StreamOptions,
): AsyncGenerator<Buffer, void> {
  await using stream = await Stream.open(link, command, options);
  stream.session.sendInput("");
  for (;;) {
    const chunk = await stream.next();
    if (chunk === null) break;
    yield chunk;
  }
  const { code, stderr } = await stream.ended();
  if (code === 0) return;
  const said = stderr.trim() || "no message";
  throw new UpliftError(
    "command.failed",
    `${stream.doing} on ${link.target.name} failed: ${said}`,
    {
      host: link.target.name,
      remedy: "Look at what the message names on that host.",
    },
  );
}

/** Runs a command once and feeds it; see RemoteHost.write. */
export async function writeTo(
  link: Link,
  command: Command,
  source: AsyncIterable<Buffer>,
  options: StreamOptions,
): Promise<StreamEnd> {
  await using stream = await Stream.open(link, command, options);
  const { channel } = stream.session;
  channel.resume();
  stream.session.beginInput();
  for await (const chunk of source) {
    // A command that ends early (a full disk) takes no more: its exit code says why.
    if (!(await stream.put(chunk))) break;
  }
  channel.end();
  // Awaited here: the stream is let go of at the end of this function.
  return await stream.ended();
}

/** A session whose bytes are passed on, with a watch on its silence. */
class Stream implements AsyncDisposable {
  readonly session: Session;
  readonly doing: string;
  readonly #closed: Promise<void>;
  /** Rejects when it is given up. */
  readonly #stopped = Promise.withResolvers<never>();
  #isClosed = false;
  readonly #link: Link;
  readonly #options: StreamOptions;
  #stderr = "";
  #timer: NodeJS.Timeout | undefined;

  private constructor(link: Link, session: Session, doing: string, options: StreamOptions) {
    this.session = session;
    this.doing = doing;
    this.#link = link;
    this.#options = options;
    const { channel } = session;
    channel.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-errorLimit);
    });
    this.#closed = new Promise((resolve) => {
      channel.once("close", () => {
        this.#isClosed = true;
        resolve();
      });
    });
    this.#stopped.promise.catch(() => undefined);
    options.signal?.addEventListener("abort", this.#abort, { once: true });
    if (options.signal?.aborted) this.#abort();
    this.#alive();
  }

  static async open(link: Link, command: Command, options: StreamOptions): Promise<Stream> {
    const doing = `${command.argv[0] ?? "a command"} for ${options.what}`;
    const session = await openSession(link, command.argv, {
      kind: "command",
      root: true,
      doing: `${doing} ran`,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    return new Stream(link, session, doing, options);
  }

  /** The next bytes of standard output; null: there are no more. @throws UpliftError command.timeout */
  async next(): Promise<Buffer | null> {
    const { channel } = this.session;
    for (;;) {
      const chunk = channel.read() as Buffer | null;
      if (chunk !== null) {
        this.#alive();
        return chunk;
      }
      if (channel.readableEnded || this.#isClosed) return null;
      await Promise.race([this.#readable(), this.#closed, this.#stopped.promise]);
    }
  }

  /** Settles when there is more to read, or nothing more to come. */
  #readable(): Promise<void> {
    const { channel } = this.session;
    return new Promise((resolve) => {
      const settle = () => {
        channel.off("readable", settle);
        channel.off("end", settle);
        resolve();
      };
      channel.on("readable", settle);
      channel.on("end", settle);
    });
  }

  /** @returns whether the command takes more */
  async put(chunk: Buffer): Promise<boolean> {
    this.#alive();
    if (this.#isClosed) return false;
    const { channel } = this.session;
    if (channel.write(chunk)) return true;
    await Promise.race([once(channel, "drain"), this.#closed, this.#stopped.promise]);
    return !this.#isClosed;
  }

  /** Bytes have moved: the silence begins anew. */
  #alive(): void {
    clearTimeout(this.#timer);
    const { silenceMs } = this.#options;
    this.#timer = setTimeout(() => {
      const { name } = this.#link.target;
      this.#stop(
        new UpliftError(
          "command.timeout",
          `${name}: nothing has moved for ${Math.round(silenceMs / 1000)} s (${this.doing}).`,
          { host: name, retryable: true, remedy: "Look at the load and the disks of that host." },
        ),
      );
    }, silenceMs);
  }

  /** @throws UpliftError ssh.connection_lost, command.timeout, sudo.refused */
  async ended(): Promise<StreamEnd> {
    await Promise.race([this.#closed, this.#stopped.promise]);
    const { session } = this;
    const { target } = this.#link;
    if (session.exit === undefined) {
      throw connectionLost(target, `${this.doing} ran`, session.connection.lossCause);
    }
    const { code } = session.exit;
    if (session.rootMode !== null && isSudoRefusal(session.rootMode, code, this.#stderr)) {
      throw sudoRefused(target, this.#stderr);
    }
    return { code, stderr: this.#stderr };
  }

  #abort = () => this.#stop(this.#options.signal?.reason);

  #stop(trouble: unknown): void {
    this.#stopped.reject(trouble);
    this.session.channel.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#abort);
    const { channel } = this.session;
    if (this.#isClosed) return;
    channel.close();
    channel.resume();
  }
}
