import { createHash } from "node:crypto";
import type { PastRunStencil, RunRows } from "./past-runs.ts";
import type { Random } from "./random.ts";

export interface RunCopy {
  /** Other texts for what belongs to the deployment and to this run: ids of the inventory, words. */
  names: ReadonlyMap<string, string>;
  moment: (ms: number) => number;
  duration: (ms: number) => number;
}

const ownIds = /^(run|pln|pre|cmd)_/;

/** The rows of a run like the stencil's, with ids of its own and plans that have their own hashes. */
export function copyRun(
  random: Random,
  { stencil, plans }: PastRunStencil,
  { names, moment, duration }: RunCopy,
): RunRows {
  const known = new Map(names);
  const other = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const [, prefix] = ownIds.exec(text) ?? [];
    const made = prefix === undefined ? text : `${prefix}_${random.idText()}`;
    known.set(text, made);
    return made;
  };
  for (const { hash, body } of plans) {
    const text = body.copy({ other, moment, duration });
    known.set(hash, createHash("sha256").update(text).digest("hex"));
  }
  return JSON.parse(stencil.copy({ other, moment, duration })) as RunRows;
}
