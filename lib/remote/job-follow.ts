import { followJob, type JobPlace } from "#lib/commands/job-scripts/follow.ts";
import type { Guard } from "#lib/commands/lock-scripts/guard.ts";
import { connectionLost } from "./connect-errors.ts";
import { jobName } from "./job-errors.ts";
import { createFrameReader, type JobFrame } from "./job-frames.ts";
import type { JobInput } from "./job-input.ts";
import type { Link } from "./link.ts";
import { openSession } from "./session.ts";
import { isSudoRefusal, sudoRefused } from "./sudo.ts";
import type { JobSpec, OutputStream } from "./types.ts";

/** A follower reports at least every two seconds; so long a silence means that it hangs. */
const silenceMs = 30_000;

export interface Following {
  place: JobPlace;
  input: JobInput;
  guard: Guard | null;
  offsets: Readonly<Record<OutputStream, number>>;
  signal: AbortSignal;
  onSend: () => void;
  /** Frames in order; one that throws ends the following with that error. */
  onFrame: (frame: JobFrame) => void;
}

/** How one follower ended: with the job's fate, or with words and a code of its own. */
export type FollowEnd =
  | Extract<JobFrame, { kind: "exited" | "lost" | "absent" | "fault" | "refused" }>
  | { kind: "broken"; code: number | null; stderr: string };

/**
 * Starts or finds the job and follows it over one channel.
 * @throws UpliftError ssh.*, sudo.refused; ssh.connection_lost when the channel ends before the job;
 * the signal's reason when it is aborted
 */
export async function followOnce(
  link: Link,
  job: JobSpec,
  following: Following,
): Promise<FollowEnd> {
  const { target } = link;
  const { place, input, guard, offsets, signal } = following;
  const { scriptLines, secretLines } = input;
  const doing = `the ${jobName(job)} was followed`;
  const command = followJob({
    place,
    offsets,
    scriptLines,
    secretLines,
    parameters: job.parameters,
    guard,
  });
  const session = await openSession(link, command.argv, {
    kind: "follower",
    root: true,
    doing,
    signal,
    onSend: following.onSend,
  });
  const { channel, connection, rootMode, sendInput } = session;
  return new Promise((resolve, reject) => {
    let stderr = "";
    let end: FollowEnd | undefined;
    const fail = (error: unknown) => {
      channel.close();
      reject(error);
    };
    const silence = setTimeout(() => {
      fail(connectionLost(target, doing, new Error(`nothing was heard for ${silenceMs / 1000} s`)));
    }, silenceMs);
    const abort = () => fail(signal.reason);
    const read = createFrameReader((frame) => {
      following.onFrame(frame);
      if (isEnd(frame)) end = frame;
    });
    channel.on("data", (chunk: Buffer) => {
      silence.refresh();
      try {
        read(chunk);
      } catch (error) {
        fail(error);
      }
    });
    channel.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-4_000);
    });
    channel.on("close", () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
      if (end !== undefined) return resolve(end);
      const code = session.exit?.code;
      if (code === undefined) return reject(connectionLost(target, doing, connection.lossCause));
      if (rootMode !== null && isSudoRefusal(rootMode, code, stderr)) {
        return reject(sudoRefused(target, stderr));
      }
      resolve({ kind: "broken", code, stderr: stderr.trim() });
    });
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    sendInput(input.text);
  });
}

function isEnd(frame: JobFrame): frame is Exclude<FollowEnd, { kind: "broken" }> {
  return ["exited", "lost", "absent", "fault", "refused"].includes(frame.kind);
}
