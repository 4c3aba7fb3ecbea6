import { jobProtocolMarker } from "#lib/commands/job-scripts/common.ts";

/** What a follower on the host reports; see lib/commands/job-scripts/follow.ts. */
export type JobFrame =
  | { kind: "opened" }
  | { kind: "started"; pid: number; startedAt: number }
  | { kind: "output"; stream: "stdout" | "stderr"; offset: number; bytes: Buffer }
  | { kind: "quiet" }
  | { kind: "exited"; exitCode: number; startedAt: number; endedAt: number }
  | { kind: "lost"; reason: string }
  | { kind: "absent" }
  | { kind: "fault"; message: string }
  | { kind: "refused"; reason: string };

/** A header line is short; more without a line break is not this protocol. */
const longestHeader = 4_096;

/**
 * Reads frames from chunks that may be cut anywhere. Output is handed on as it comes, a frame's bytes
 * in as many pieces as they arrive in, each with its own offset.
 * @returns a function that takes the next chunk; it throws Error on anything that is not a frame
 */
export function createFrameReader(onFrame: (frame: JobFrame) => void): (chunk: Buffer) => void {
  let opened = false;
  let header = Buffer.alloc(0);
  let body: { stream: "stdout" | "stderr"; offset: number; left: number } | null = null;

  function readLine(line: string): void {
    if (!opened) {
      // Whatever a login shell prints comes before the marker.
      opened = line === jobProtocolMarker;
      if (opened) onFrame({ kind: "opened" });
      return;
    }
    const output = /^([OE]) (\d+) (\d+)$/.exec(line);
    if (output !== null) {
      const stream = output[1] === "O" ? "stdout" : "stderr";
      body = { stream, offset: Number(output[2]), left: Number(output[3]) };
      return;
    }
    onFrame(parseHeader(line));
  }

  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (body !== null) {
        const bytes = rest.subarray(0, body.left);
        const { stream, offset } = body;
        const left = body.left - bytes.length;
        body = left === 0 ? null : { stream, offset: offset + bytes.length, left };
        rest = rest.subarray(bytes.length);
        onFrame({ kind: "output", stream, offset, bytes });
        continue;
      }
      const end = rest.indexOf(0x0a);
      header = Buffer.concat([header, end < 0 ? rest : rest.subarray(0, end)]);
      if (opened && header.length > longestHeader) throw unreadable(header.toString("latin1"));
      if (end < 0) return;
      const line = header.toString("utf8");
      header = Buffer.alloc(0);
      rest = rest.subarray(end + 1);
      readLine(line);
    }
  };
}

function parseHeader(line: string): JobFrame {
  const [kind, ...words] = line.split(" ");
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = words.map(Number);
  const text = words.join(" ");
  switch (kind) {
    case ".":
      return { kind: "quiet" };
    case "A":
      return { kind: "absent" };
    case "L":
      return { kind: "lost", reason: text };
    case "R":
      return { kind: "refused", reason: text };
    case "F":
      return { kind: "fault", message: text };
    case "S":
      if (!whole(first, second)) break;
      return { kind: "started", pid: first, startedAt: second };
    case "X":
      if (!whole(first, second, third)) break;
      return { kind: "exited", exitCode: first, startedAt: second, endedAt: third };
  }
  throw unreadable(line);
}

function whole(...numbers: number[]): boolean {
  return numbers.every(Number.isSafeInteger);
}

function unreadable(line: string): Error {
  return new Error(`not a job frame: ${JSON.stringify(line.slice(0, 80))}`);
}
