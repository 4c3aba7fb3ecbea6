import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { run as runCommand, tryRun } from "#lab/shell.ts";
import { freshDataDir } from "#lib/store/tests/fresh-data-dir.ts";
import { freePort } from "./free-port.ts";
import { serverCommand } from "./server-command.ts";

const ownRoot = fileURLToPath(new URL("../..", import.meta.url));

/** A busy machine takes its time to start a server; an idle one needs a second. */
const startTimeoutMs = 60_000;

/** The administrator of every product that tests start. */
export const administrator = {
  name: "Test Administrator",
  email: "admin@example.com",
  password: "correct horse battery",
};

export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** The product as its users run it: `node server.ts` on a free port with a data directory of its own. */
export class Product {
  readonly dataDir: string;
  readonly port: number;
  token = "";
  output = "";
  readonly #environment: Record<string, string>;
  readonly #root: string;
  /** Its data were there before it. */
  readonly #keepsData: boolean;
  #server: ChildProcess | null = null;

  private constructor(
    dataDir: string,
    port: number,
    environment: Record<string, string>,
    root: string,
    keepsData = false,
  ) {
    this.dataDir = dataDir;
    this.port = port;
    this.#environment = environment;
    this.#root = root;
    this.#keepsData = keepsData;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    const pid = this.#server?.pid;
    if (pid === undefined) throw new Error("the product is not running");
    return pid;
  }

  get isRunning(): boolean {
    const server = this.#server;
    return server !== null && server.exitCode === null && server.signalCode === null;
  }

  /**
   * Starts it.
   *
   * @param bootstrapped false leaves the first-run set-up to the browser
   * @param environment more variables, e.g. `UPLIFT_ENGINE: "off"`
   * @param root the source tree that runs; this one unless told otherwise
   * @param dataDiskMegabytes gives its data a small disk of their own, to be filled
   * @param dataDir a data directory that was filled before, and stays when this ends
   */
  static async start({
    bootstrapped = true,
    environment = {},
    root = ownRoot,
    dataDiskMegabytes = 0,
    dataDir: filled,
  }: {
    bootstrapped?: boolean;
    environment?: Record<string, string>;
    root?: string;
    dataDiskMegabytes?: number;
    dataDir?: string;
  } = {}): Promise<Product> {
    const dataDir = filled ?? (await freshDataDir());
    if (dataDiskMegabytes > 0) {
      const size = `size=${dataDiskMegabytes}m,mode=700`;
      await runCommand(["mount", "-t", "tmpfs", "-o", size, "tmpfs", dataDir]);
    }
    const product = new Product(dataDir, await freePort(), environment, root, filled !== undefined);
    if (bootstrapped) {
      const { name, email, password } = administrator;
      const run = promisify(execFile);
      const script = join(root, "lab/product/bootstrap.ts");
      const args = [script, product.dataDir, name, email, password];
      const { stdout } = await run(process.execPath, args, { cwd: root, env: product.#env() });
      product.token = stdout.trim().split("\n").at(-1) ?? "";
    }
    await product.launch();
    return product;
  }

  /**
   * A second server on the data directory of this one, as if this one had been given up for dead. It is
   * to be killed before this one is stopped.
   */
  async successor(): Promise<Product> {
    rmSync(join(this.dataDir, "server.lock"));
    const next = new Product(this.dataDir, await freePort(), this.#environment, this.#root);
    next.token = this.token;
    await next.launch();
    return next;
  }

  /** Starts the process on the same data directory and port. */
  async launch(): Promise<void> {
    const server = spawn(process.execPath, serverCommand(this.#root), {
      cwd: this.#root,
      env: this.#env(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#server = server;
    server.stdout?.on("data", (data: Buffer) => {
      this.output += data.toString();
    });
    server.stderr?.on("data", (data: Buffer) => {
      this.output += data.toString();
    });
    for (const until = Date.now() + startTimeoutMs; Date.now() < until; ) {
      if (server.exitCode !== null) throw new Error(`the product ended:\n${this.output}`);
      // A crash point came before it could answer: that is what the test asked for.
      if (server.signalCode !== null) return;
      const up = await fetch(`${this.url}/healthz`).catch(() => null);
      if (up?.ok) return;
      await wait(50);
    }
    await this.kill();
    throw new Error(`the product did not come up:\n${this.output}`);
  }

  /** The one-time token that it printed. */
  get setupToken(): string {
    return /one-time token:\s+(\S+)/.exec(this.output)?.[1] ?? "";
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    // Its own disk, where it has one.
    await tryRun(["umount", "-q", this.dataDir]);
    if (!this.#keepsData) rmSync(this.dataDir, { recursive: true, force: true });
  }

  async api(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    }
  }

  /** The body of a successful answer. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.api(method, path, body);
    if (answer.status < 300) return answer.body as T;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  }

  #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_ENV: "production",
      UPLIFT_DATA: this.dataDir,
      UPLIFT_PORT: String(this.port),
      UPLIFT_HOST: "127.0.0.1",
      UPLIFT_URL: "",
      ...this.#environment,
    };
  }
}
