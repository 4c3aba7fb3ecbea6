import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { english } from "#lib/i18n/english.ts";
import { temporaryStore } from "#lib/store/tests/fixtures.ts";
import { beginOneStepRun } from "./one-step-run.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

/** A wait that ends when it is told to. */
function gate(): { wait: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: promise, open: resolve };
}

describe("a step that is cancelled", () => {
  test("is ended on its host, and the run waits for a decision with the host's own words", async () => {
    await using run = await beginOneStepRun();
    await run.until(() => run.host.stops === 1);
    await run.ask("cancel");
    const step = await run.stood();
    assert.equal(step.status, "failed");
    assert.equal(step.error?.code, "step.cancelled");
    assert.match(english(step.error.message), /^Cancelled by Ada \("it hangs"\)\. .*exit code 143/);
    assert.match(english(step.error.remedy), /The container may still run.*Retry stops it/);
    assert.equal(run.host.cancels, 1);
    const types = await run.types();
    const order = ["command.accepted", "step.cancel-requested", "step.failed", "run.paused"];
    assert.deepEqual(
      types.filter((type) => order.includes(type)),
      order,
    );
  });

  test("can be tried again: a new job, and nothing of the wish is left", async () => {
    await using run = await beginOneStepRun();
    await run.until(() => run.host.stops === 1);
    await run.ask("cancel");
    await run.stood();
    await run.ask("retry");
    await run.until(() => run.host.stops === 2);
    run.host.endJob();
    const end = await run.until(({ status }) => status === "succeeded");
    assert.equal(end.steps[run.stepId]?.attempt, 2);
    assert.equal(end.steps[run.stepId]?.cancel, null);
    assert.equal(run.host.cancels, 1);
  });

  test("is uncertain when its host cannot be asked", async () => {
    await using run = await beginOneStepRun(null, 50);
    await run.until(() => run.host.stops === 1);
    run.host.away = "ssh.unreachable";
    await run.ask("cancel");
    const step = await run.stood();
    assert.equal(step.status, "uncertain");
    assert.equal(step.error?.code, "step.cancelled");
    assert.match(
      english(step.error.message),
      /could not be ended and may still go on: hz-1 .* no answer/,
    );
  });

  test("that comes to its end meanwhile is done, whatever was wished", async () => {
    await using run = await beginOneStepRun();
    await run.until(() => run.host.stops === 1);
    const { wait, open } = gate();
    run.host.cancelWaits = wait;
    await run.ask("cancel");
    await run.until(() => run.host.cancels === 1);
    run.host.endJob(0);
    open();
    const end = await run.until(({ status }) => status === "succeeded");
    assert.equal(end.steps[run.stepId]?.status, "succeeded");
    assert.equal(run.host.stops, 1);
  });
});

describe("a process that dies between the wish and the deed", () => {
  /** Stops the engine while the host has not ended anything yet. */
  async function interrupted(meanwhile?: (end: (code?: number) => void) => void) {
    const run = await beginOneStepRun();
    await run.until(() => run.host.stops === 1);
    const never = gate();
    run.host.cancelWaits = never.wait;
    await run.ask("cancel");
    await run.until(() => run.host.cancels === 1);
    await run.restart(() => {
      run.host.cancelWaits = Promise.resolve();
      meanwhile?.(run.host.endJob);
    });
    return run;
  }

  test("leaves the wish to the next one", async () => {
    await using run = await interrupted();
    const step = await run.stood();
    assert.equal(step.status, "failed");
    assert.equal(step.error?.code, "step.cancelled");
    assert.equal(run.host.stops, 1, "the job was started again");
    assert.equal(run.host.cancels, 2);
    const types = await run.types();
    assert.equal(types.filter((type) => type === "step.cancel-requested").length, 1);
  });

  test("and the result of a job that had come to a good end is taken up", async () => {
    await using run = await interrupted((end) => end(0));
    const end = await run.until(({ status }) => status === "succeeded");
    assert.equal(end.steps[run.stepId]?.attempt, 1);
    assert.equal(run.host.stops, 1);
  });
});

for (const kind of ["container.stop", "metadata.init"] as const) {
  test(`${kind} past its deadline is uncertain, and nothing on the host is ended`, async () => {
    await using run = await beginOneStepRun(null, 120_000, kind, 1_000);
    await run.until(() => run.host.stops === 1);
    const step = await run.stood();
    assert.equal(step.status, "uncertain");
    assert.equal(step.error?.code, "command.timeout");
    assert.match(english(step.error.message), /Nothing was killed; it may still go on/);
    assert.equal(run.host.cancels, 0);
  });
}
