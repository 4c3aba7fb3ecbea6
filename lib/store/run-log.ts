import { NodeId, type RunId, StepId } from "#lib/domain/ids.ts";
import type { OutputStream } from "#lib/remote/types.ts";
import { db, type Tx, transaction } from "./client.ts";
import { Exclusive } from "./exclusive.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import { whyRefused } from "./journal.ts";
import type { Claim, LogChunk, NewLogChunk, RunLog } from "./types.ts";
import { grown } from "./wake.ts";

/** Where a run's log ends. Only the holder of the claim appends, so it is known within a claim. */
interface Ends {
  generation: number;
  seq: number;
  /** Characters of each step's log. */
  steps: Map<StepId, number>;
}

export class PrismaRunLog implements RunLog {
  readonly #ends = new Map<RunId, Ends>();
  readonly #exclusive = new Exclusive();

  append(claim: Claim, chunks: readonly NewLogChunk[]): Promise<void> {
    if (chunks.length === 0) return Promise.resolve();
    return this.#exclusive.run(async () => {
      try {
        const ends = await transaction((tx) => this.#append(tx, claim, chunks));
        this.#ends.set(claim.runId, ends);
      } catch (error) {
        this.#ends.delete(claim.runId);
        throw error;
      }
      grown.give(claim.runId);
    });
  }

  async #append(tx: Tx, claim: Claim, chunks: readonly NewLogChunk[]): Promise<Ends> {
    const { runId, generation } = claim;
    const known = this.#ends.get(runId);
    const ends: Ends =
      known?.generation === generation
        ? known
        : { generation, seq: await lastSeq(tx, runId), steps: new Map() };
    const rows = [];
    for (const { stepId, at, sourceEnd, ...rest } of chunks) {
      const text = storable(rest.text);
      const offset = ends.steps.get(stepId) ?? (await stepEnd(tx, runId, stepId));
      ends.steps.set(stepId, offset + text.length);
      ends.seq += 1;
      rows.push({
        ...rest,
        ...{ runId, stepId, text, offset, seq: ends.seq, at: new Date(at) },
        sourceEnd: sourceEnd === null ? null : BigInt(sourceEnd),
      });
    }
    const { count } = await tx.run.updateMany({
      where: { id: runId, generation },
      data: { lastLog: ends.seq },
    });
    if (count !== 1) throw await whyRefused(tx, claim);
    await tx.logChunk.createMany({ data: rows });
    return ends;
  }

  async read(runId: RunId, afterSeq: number, limit: number): Promise<LogChunk[]> {
    const rows = await db().logChunk.findMany({
      where: { runId, seq: { gt: afterSeq } },
      orderBy: { seq: "asc" },
      take: limit,
    });
    return rows.map(chunkOf);
  }

  async readEnd(runId: RunId, stepId: StepId, most: number): Promise<LogChunk[]> {
    const rows = await db().logChunk.findMany({
      where: { runId, stepId },
      orderBy: [{ offset: "desc" }, { seq: "desc" }],
      take: most,
    });
    return rows.reverse().map(chunkOf);
  }

  async sourceEnd(
    runId: RunId,
    stepId: StepId,
    attempt: number,
    nodeId: NodeId,
    stream: OutputStream,
  ): Promise<number> {
    const row = await db().logChunk.findFirst({
      where: { runId, stepId, attempt, nodeId, stream, sourceEnd: { not: null } },
      orderBy: { seq: "desc" },
      select: { sourceEnd: true },
    });
    return Number(row?.sourceEnd ?? 0);
  }

  async readStep(runId: RunId, stepId: StepId, offset: number, limit: number) {
    const first = await db().logChunk.findFirst({
      where: { runId, stepId, offset: { lte: offset } },
      orderBy: [{ offset: "desc" }, { seq: "asc" }],
      select: { offset: true },
    });
    const start = first?.offset ?? 0;
    const rows = await db().logChunk.findMany({
      where: { runId, stepId, offset: { gte: start, lt: offset + limit } },
      orderBy: [{ offset: "asc" }, { seq: "asc" }],
      select: { text: true },
    });
    const from = offset - start;
    const text = rows
      .map((row) => row.text)
      .join("")
      .slice(from, from + limit);
    return { text, nextOffset: offset + text.length };
  }
}

function chunkOf(row: Prisma.LogChunkGetPayload<object>): LogChunk {
  const { seq, attempt, offset, text, at } = row;
  return {
    ...{ seq, attempt, offset, text, at: at.toISOString() },
    stepId: StepId.parse(row.stepId),
    nodeId: NodeId.nullable().parse(row.nodeId),
    stream: row.stream as LogChunk["stream"],
  };
}

/**
 * SQLite's driver gives a text back up to its first NUL, and PostgreSQL takes none. A terminal would
 * show nothing for it either.
 */
function storable(text: string): string {
  return text.replaceAll("\0", "");
}

async function lastSeq(tx: Tx, runId: RunId): Promise<number> {
  const run = await tx.run.findUnique({ where: { id: runId }, select: { lastLog: true } });
  return run?.lastLog ?? 0;
}

async function stepEnd(tx: Tx, runId: RunId, stepId: StepId): Promise<number> {
  const last = await tx.logChunk.findFirst({
    where: { runId, stepId },
    orderBy: { seq: "desc" },
    select: { offset: true, text: true },
  });
  return last ? last.offset + last.text.length : 0;
}
