import { spawn } from "node:child_process";

/** What a finished command said. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  /** Text for the command's standard input; nothing by default. */
  input?: string;
  /** Kill the command after this many milliseconds (default: two minutes). */
  timeoutMs?: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A command of the lab's own ended badly. The message holds what it printed. */
class CommandFailed extends Error {
  override name = "CommandFailed";
  readonly result: CommandResult;
  constructor(argv: readonly string[], result: CommandResult) {
    super(
      `${argv.join(" ").slice(0, 300)} ended with ${result.code}\n${result.stderr || result.stdout}`,
    );
    this.result = result;
  }
}

/** Runs a command and returns its exit code (128 + signal when killed) and output; never throws for a bad exit. */
export function tryRun(
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const [command, ...args] = argv;
  if (command === undefined) throw new Error("tryRun: empty command");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    // A command may end without reading its input; that is not an error of the lab.
    child.stdin?.on("error", () => undefined).end(options.input);
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 120_000);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (signal !== null) stderr += `\n(killed by ${signal})`;
      resolve({ code: code ?? 137, stdout, stderr });
    });
  });
}

/** Runs a command, returns its standard output. Throws CommandFailed when it ends with anything but 0. */
export async function run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryRun(argv, options);
  if (result.code !== 0) throw new CommandFailed(argv, result);
  return result.stdout;
}

/** Quotes one word for a POSIX shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Polls `check` until it is true. Throws after `timeoutMs`, naming what it waited for: long, because what has come
 * ends the wait at once, and a machine may be busy with other things.
 */
export async function waitUntil(
  what: string,
  check: () => Promise<boolean>,
  { timeoutMs = 300_000, everyMs = 80 } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(everyMs);
  }
}

/** Does something for each item, some at a time. After a failure those begun are finished, no more begun. */
export async function forEachLimited<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}

/**
 * The environment of a lab host's processes: none of this process's own variables get in. (The cast is for
 * Next's types, which want NODE_ENV in every environment.)
 */
export function hostEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/root",
    LANG: "C.UTF-8",
  } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;
}
