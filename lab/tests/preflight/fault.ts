import type { Check } from "#lib/domain/facts.ts";
import type { PreflightScene } from "./preflight-scene.ts";

/** Something that is wrong, and the check that must turn for it. */
export interface Fault {
  what: string;
  make(here: PreflightScene): Promise<unknown>;
  /** What the check advises. */
  mend(here: PreflightScene): Promise<unknown>;
  title: string;
  result: Check["result"];
  evidence: RegExp;
  remedy: RegExp;
  /** The part of the target that it shows with. */
  target?: object;
}

/** Makes or mends a fault by a statement on the MetaDB. */
export const sql =
  (statement: string): Fault["make"] =>
  ({ scene }) =>
    scene.lab.metadb.query(statement);

/** For what another fault of the round makes and mends. */
export const nothing = async (): Promise<void> => undefined;
