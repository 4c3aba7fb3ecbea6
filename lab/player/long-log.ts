import { setTimeout as wait } from "node:timers/promises";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { LogWriter } from "#lib/engine/log-writer.ts";
import { prismaStore } from "#lib/store/store.ts";
import type { Claim, NewLogChunk } from "#lib/store/types.ts";
import { hostileOutput, longLogLine } from "./log-texts.ts";

export interface LongLog {
  lines: number;
  /** Lines a second; 0: as fast as the store takes them. */
  rate: number;
  stepId: StepId;
  /** Whose output it is, in turn. */
  nodeIds: readonly NodeId[];
  /** From then on the rate counts no more. */
  hurry?: AbortSignal;
}

/** Lines of one output that come together, as a busy program writes them. */
const burst = 40;
/** What is cut off a burst now and then, so that the host's next one begins in mid-line, characters. */
const cutOff = 7;

/**
 * Writes a long log through the engine's own LogWriter: bursts of several hosts in turn, now and then
 * cut in the middle of a line whose rest comes later.
 */
export async function writeLongLog(
  claim: Claim,
  { lines, rate, stepId, nodeIds, hurry }: LongLog,
): Promise<void> {
  const writer = new LogWriter(prismaStore().log, claim);
  const begun = performance.now();
  const rests = new Map<NodeId, string>();
  for (let from = 1, turn = 0; from <= lines; from += burst, turn++) {
    const nodeId = nodeIds[turn % nodeIds.length];
    if (nodeId === undefined) throw new RangeError("a log needs a node");
    const last = Math.min(lines, from + burst - 1);
    let text = rests.get(nodeId) ?? "";
    for (let number = from; number <= last; number++) text += `${longLogLine(number)}\n`;
    // Not of the last bursts of all: nothing would bring the rest.
    const isCut = turn % 3 === 0 && last + burst * nodeIds.length <= lines;
    const end = text.length - (isCut ? cutOff : 0);
    rests.set(nodeId, text.slice(end));
    writer.add(output(stepId, nodeId, text.slice(0, end)));
    // Not more is held than an engine would hold.
    if (turn % 25 === 0) await writer.flush();
    const aheadMs = rate > 0 ? (last / rate) * 1000 - (performance.now() - begun) : 0;
    if (aheadMs > 5 && !hurry?.aborted) {
      await wait(aheadMs, undefined, hurry ? { signal: hurry } : {}).catch(() => undefined);
    }
  }
  await writer.flush();
}

/** Writes what a page must not show as it is. */
export async function writeHostileOutput(
  claim: Claim,
  { stepId, nodeIds }: Pick<LongLog, "stepId" | "nodeIds">,
): Promise<void> {
  const [nodeId] = nodeIds;
  if (nodeId === undefined) throw new RangeError("a log needs a node");
  for (const text of hostileOutput) {
    await prismaStore().log.append(claim, [output(stepId, nodeId, text)]);
  }
}

const output = (stepId: StepId, nodeId: NodeId, text: string): NewLogChunk => ({
  ...{ stepId, attempt: 1, nodeId, stream: "stdout", text, sourceEnd: null },
  at: new Date().toISOString(),
});
