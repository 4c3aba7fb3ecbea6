import { setTimeout as wait } from "node:timers/promises";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { LogWriter } from "#lib/engine/log-writer.ts";
import { prismaStore } from "#lib/store/store.ts";
import type { Claim, NewLogChunk } from "#lib/store/types.ts";

export interface LongLog {
  lines: number;
  /** Lines a second; 0: as fast as the store takes them. */
  rate: number;
  stepId: StepId;
  /** Whose output it is, in turn. */
  nodeIds: readonly NodeId[];
}

/** Lines of one output that come together, as a busy program writes them. */
const burst = 40;

/** What line `number` (from 1) says: its number, and more or less text. Pure. */
export function longLogLine(number: number): string {
  const words = "INFO  copied rows of oms_rm.dts_link_store_checkpoint, 目标库 oms_cm ";
  return `#${String(number).padStart(7, "0")} ${words.repeat(1 + (number % 3)).slice(0, 40 + (number % 97))}`;
}

/**
 * Writes a long log through the engine's own LogWriter: bursts of several hosts in turn, now and then
 * cut in the middle of a line whose rest comes later.
 */
export async function writeLongLog(claim: Claim, { lines, rate, stepId, nodeIds }: LongLog) {
  const writer = new LogWriter(prismaStore().log, claim);
  const begun = performance.now();
  const rests = new Map<NodeId, string>();
  for (let from = 1, turn = 0; from <= lines; from += burst, turn++) {
    const nodeId = nodeIds[turn % nodeIds.length];
    if (nodeId === undefined) return;
    const last = Math.min(lines, from + burst - 1);
    let text = rests.get(nodeId) ?? "";
    for (let number = from; number <= last; number++) text += `${longLogLine(number)}\n`;
    // The host's next burst brings the rest; there is none after the last bursts of all.
    const cut =
      turn % 3 === 0 && last + burst * nodeIds.length <= lines ? text.length - 7 : text.length;
    rests.set(nodeId, text.slice(cut));
    const at = new Date().toISOString();
    const chunk: Pick<NewLogChunk, "stream" | "sourceEnd"> = { stream: "stdout", sourceEnd: null };
    writer.add({ ...chunk, stepId, attempt: 1, nodeId, at, text: text.slice(0, cut) });
    if (turn % 25 === 0) await writer.flush();
    const ahead = rate > 0 ? (last / rate) * 1000 - (performance.now() - begun) : 0;
    if (ahead > 5) await wait(ahead);
  }
  await writer.flush();
}
