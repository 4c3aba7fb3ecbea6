import type { Text } from "./message.ts";

/** A release that a run can be rolled back to. */
export interface RollbackChoice {
  /** The first hop that is undone, counted from 1. */
  hop: number;
  /** The release that serves afterwards. */
  version: string;
  /** What it does and what is lost, a sentence each; empty when it cannot be done. */
  consequences: Text[];
  /** Why it cannot be done, or null. */
  whyNot: Text | null;
}
