import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutant } from "./mutants.ts";

const root = join(import.meta.dirname, "../..");
/** What is not source: shared with the unbroken tree, or not needed. */
const shared = ["node_modules", ".next"];
const leftOut = [".git", ".cache"];

/**
 * A copy of the product's source with a mutant's edits, to be removed by the caller.
 *
 * @throws Error when an edit does not fit the source any more
 */
export function mutantTree({ edits }: Mutant): string {
  const tree = mkdtempSync(join(tmpdir(), "uplift-mutant-"));
  for (const name of readdirSync(root)) {
    if (shared.includes(name)) symlinkSync(join(root, name), join(tree, name));
    else if (!leftOut.includes(name))
      cpSync(join(root, name), join(tree, name), { recursive: true });
  }
  for (const { file, from, to } of edits) {
    const path = join(tree, file);
    const [before, after, ...more] = readFileSync(path, "utf8").split(from);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`the edit of ${file} does not fit once: ${from}`);
    writeFileSync(path, before + to + after);
  }
  return tree;
}
