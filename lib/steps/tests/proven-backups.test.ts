import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepContext } from "../context.ts";
import { requireProvenBackups } from "../proven-backups.ts";

/** An initialisation of a hop in a plan that dumps one database before each of two hops. */
function initOf(hop: number, proven: readonly string[]) {
  const nodeId = "nod_000000000001";
  const dump = (number: number) => ({
    kind: "database.dump",
    hop: number,
    params: { key: `h${number}.rm`, database: "rm", nodeId },
  });
  return {
    step: { hop },
    plan: { steps: [dump(1), dump(2)] },
    state: () => ({ backups: proven.map((key) => ({ key, nodeId, proven: true })) }),
  } as unknown as StepContext<"metadata.init">;
}

test("a hop's initialisation needs the backups that were made before that hop, not the other hops'", () => {
  requireProvenBackups(initOf(1, ["h1.rm"]));
  requireProvenBackups(initOf(2, ["h1.rm", "h2.rm"]));
  for (const [hop, proven] of [
    [1, []],
    [1, ["h2.rm"]],
    [2, ["h1.rm"]],
  ] as const) {
    assert.throws(() => requireProvenBackups(initOf(hop, proven)), { code: "dump.unproven" });
  }
});
