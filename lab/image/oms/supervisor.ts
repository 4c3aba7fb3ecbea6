// Part of the OMS stand-in (a test double): what supervisorctl talks to.
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { type ProgramName, type Programs, programNames } from "./programs.ts";

export const supervisorSocket = "/opt/oms/supervisor.sock";

const isProgram = (name: string): name is ProgramName =>
  (programNames as readonly string[]).includes(name);

/** One line in (`restart oms_console`), text out; the first character of the answer is the exit code. */
export function serveSupervisor(
  programs: Programs,
  afterStart: (name: ProgramName) => Promise<void>,
): void {
  rmSync(supervisorSocket, { force: true });
  const answer = async (line: string): Promise<string> => {
    const [command = "", ...words] = line.trim().split(/\s+/);
    const targets = words.length === 0 || words.includes("all") ? [...programNames] : words;
    const output: string[] = [];
    let code = 0;
    for (const name of targets) {
      if (!isProgram(name)) {
        output.push(`${name}: ERROR (no such process)`);
        code = 4;
      } else if (command === "status") {
        output.push(programs.describe(name));
        if (programs.state(name) !== "RUNNING") code = 3;
      } else {
        if (command === "stop" || command === "restart")
          output.push(programs.stop(name) ? `${name}: stopped` : `${name}: ERROR (not running)`);
        if (command === "start" || command === "restart") {
          const wasStarted = programs.start(name);
          await afterStart(name).catch(() => undefined);
          const isUp = programs.state(name) === "RUNNING";
          if (!wasStarted) output.push(`${name}: ERROR (already started)`);
          else output.push(isUp ? `${name}: started` : `${name}: ERROR (spawn error)`);
          if (!isUp) code = 7;
        }
      }
    }
    return `${code}${output.join("\n")}\n`;
  };
  createServer((socket) => {
    socket.on("error", () => undefined);
    socket.setEncoding("utf8").once("data", (line: string) => {
      answer(line).then(
        (text) => socket.end(text),
        (error: unknown) => socket.end(`1${String(error)}\n`),
      );
    });
  }).listen(supervisorSocket);
}
