import { setImmediate as turn } from "node:timers/promises";
import type { Guard } from "#lib/commands/lock-scripts/guard.ts";
import { isNoAnswer, UpliftError } from "#lib/domain/errors.ts";
import { notStarted } from "./connect-errors.ts";
import {
  jobImpossible,
  jobLost,
  jobName,
  jobNeverStarted,
  jobOutOfSight,
  jobStillGoing,
} from "./job-errors.ts";
import { type FollowEnd, type Following, followOnce } from "./job-follow.ts";
import type { JobFrame } from "./job-frames.ts";
import { jobInput } from "./job-input.ts";
import { placeOf } from "./job-names.ts";
import { createOutputCollector } from "./job-output.ts";
import type { Link } from "./link.ts";
import { refusedByGuard } from "./lock-errors.ts";
import type { JobOptions, JobResult, JobSpec } from "./types.ts";
import { either } from "./until.ts";

/** A follower that dies by itself this often in a row, without a word, is not tried again. */
const brokenLimit = 5;

/**
 * Starts the job or attaches to it, and waits for its end; see RemoteHost.runJob.
 *
 * The first attempt reports a host that cannot be reached, because then nothing has started. Once the
 * start may have left, a lost connection is only a pause: the same request is made again, which the
 * claim on the host turns into an attach. The link's back-off paces the attempts.
 */
export async function runJob(
  link: Link,
  jobsDirectory: string,
  job: JobSpec,
  options: JobOptions,
  guard: Guard | null = null,
): Promise<JobResult> {
  const { target } = link;
  const output = createOutputCollector();
  let sent = false;
  let lost = false;
  let pid: number | null = null;
  let broken = 0;
  const onFrame = (frame: JobFrame) => {
    broken = 0;
    if (lost) {
      lost = false;
      options.onConnection?.("back");
    }
    if (frame.kind === "started") {
      pid = frame.pid;
      options.onStarted?.();
    }
    if (frame.kind === "output") {
      output.add(frame);
      options.onOutput?.({ stream: frame.stream, offset: frame.offset, bytes: frame.bytes });
    }
  };
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const following: Following = {
    place: placeOf(jobsDirectory, job),
    input: jobInput(job),
    guard,
    offsets: output.offsets,
    signal: either(deadline, options.signal),
    onSend: () => {
      sent = true;
    },
    onFrame,
  };
  while (true) {
    let end: FollowEnd;
    try {
      end = await followOnce(link, job, following);
    } catch (error) {
      const { timeoutMs } = options;
      if (deadline.aborted && !sent) throw notStarted(target, `The ${jobName(job)}`, timeoutMs);
      if (deadline.aborted) throw jobStillGoing(target, job, timeoutMs, pid);
      if (!sent) throw error;
      const away = error instanceof UpliftError && isNoAnswer(error);
      if (!away) throw lost ? jobOutOfSight(target, job, error) : error;
      if (!lost) options.onConnection?.("lost");
      lost = true;
      // Never again within the same turn of the event loop: what ends a connection could not be heard.
      await turn();
      continue;
    }
    switch (end.kind) {
      case "exited": {
        const { exitCode, startedAt, endedAt } = end;
        const [stdout, stderr] = [output.tail("stdout"), output.tail("stderr")];
        return { exitCode, stdout, stderr, startedAt, endedAt };
      }
      case "lost":
        throw jobLost(target, job, end.reason);
      case "absent":
        throw jobNeverStarted(target, job);
      case "fault":
        throw jobImpossible(target, job, end.message);
      case "refused":
        throw refusedByGuard(target, `the ${jobName(job)} started`, end.reason);
      case "broken":
        // The follower was killed, or the host has no usable shell; the job itself is not affected.
        broken += 1;
        if (broken === brokenLimit) {
          throw jobImpossible(
            target,
            job,
            `its follower ended with code ${end.code ?? "none"}${end.stderr && `: ${end.stderr}`}`,
          );
        }
    }
  }
}
