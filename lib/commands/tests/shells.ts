import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../command.ts";

/** For tests: a place whose `sh` and tools are the given ones, before or instead of the machine's. */
export interface TestShell {
  name: string;
  /** The shell, and the environment that its scripts get. */
  sh: string;
  env: NodeJS.ProcessEnv;
}

/** The shells and tools that hosts have, made in a directory. */
export function testShells(directory: string): TestShell[] {
  const toolbox = (name: string, tools: Record<string, string>, alone = false): TestShell => {
    const box = join(directory, name.replaceAll(" ", "-"));
    mkdirSync(box);
    for (const [tool, program] of Object.entries(tools)) symlinkSync(program, join(box, tool));
    const PATH = alone ? box : `${box}:${process.env.PATH}`;
    return { name, sh: join(box, "sh"), env: { ...process.env, PATH, LC_ALL: "C" } };
  };
  /** A replacement for a tool, for hosts that have an older one. */
  const stub = (name: string, text: string): string => {
    const path = join(directory, `stub-${name}`);
    writeFileSync(path, `#!/bin/dash\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const dash = which("dash") ?? assert.fail("dash");
  const bash = which("bash") ?? assert.fail("bash");
  const busybox = which("busybox");
  const shells = [
    toolbox("dash", { sh: dash }),
    toolbox("bash as sh", { sh: bash }),
    toolbox("dash with coreutils only and no setsid", minimal(dash), true),
    toolbox("bash with coreutils only and no setsid", minimal(bash), true),
    toolbox("old date and sleep", {
      sh: dash,
      date: stub("date", 'exec /usr/bin/date "$(printf %s "$1" | sed s/%3N/%%3N/)"'),
      sleep: stub(
        "sleep",
        'case $1 in *.*) echo "sleep: invalid number" >&2; exit 1 ;; esac; exec /usr/bin/sleep "$1"',
      ),
    }),
  ];
  if (busybox === null) return shells;
  const applets = execFileSync(busybox, ["--list"]).toString().trim().split("\n");
  const tools = Object.fromEntries(applets.map((applet) => [applet, busybox]));
  return [...shells, toolbox("busybox", tools, true)];
}

/** Runs a script in a shell; insists on exit code 0 and a silent standard error. */
export function runIn(
  { sh, env }: TestShell,
  { argv: [, ...args] }: Command,
  input: string | Buffer = "",
): string {
  const { status, stdout, stderr } = spawnSync(sh, args, { env, input });
  assert.equal(stderr.toString(), "");
  assert.equal(status, 0);
  return stdout.toString("latin1");
}

function which(program: string): string | null {
  const found = spawnSync("sh", ["-c", 'command -v "$1"', "sh", program]);
  return found.status === 0 ? found.stdout.toString().trim() : null;
}

/** Only what a minimal host has, so that whatever else the scripts called would be missed. */
function minimal(shell: string): Record<string, string> {
  const tools =
    "date readlink stat id mkdir chmod rm mv ln dd tail head sleep sync sha256sum cat nohup";
  const paths = tools.split(" ").map((tool) => [tool, which(tool) ?? assert.fail(tool)]);
  return { sh: shell, ...Object.fromEntries(paths) };
}
