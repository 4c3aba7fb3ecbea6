import { parseArgs } from "node:util";
import { type Lab, startLab } from "./lab.ts";
import { giveRights } from "./metadb-matrix/account.ts";
import {
  byLab,
  type Cell,
  chosenCells,
  isBest,
  keyOfCell,
  labOptionsOf,
} from "./metadb-matrix/cells.ts";
import { cellJourney } from "./metadb-matrix/journey.ts";
import { isRight, type Outcome } from "./metadb-matrix/outcome.ts";
import { hadBegun, keepEvidence, serverVersion, writeRecord } from "./metadb-matrix/record.ts";
import { Product } from "./product/product.ts";

/**
 * `npm run test:metadb`: the whole journey on each server, with each place of the dump programs and each kind of
 * account: register, plan, practise, upgrade, roll back, compare. What is refused must be refused by the plan and have a
 * remedy; where that is a statement for the server, it is run, and the journey goes on. Ends with 1 when a cell is
 * neither "works, contents alike" nor "refused before T1, with the remedy".
 *
 * `--only SERVER[,TOOLS[,ACCOUNT]]` picks cells. `--quick` goes the whole way with what fits each server best, and asks
 * for a plan in the other cells. Outcomes add up in .cache/metadb-matrix.json, and the table in docs/metadb.md.
 */
const { values } = parseArgs({
  options: { only: { type: "string" }, quick: { type: "boolean", default: false } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

for (const cells of byLab(chosenCells(values.only))) {
  let lab: Lab | null = null;
  try {
    for (const cell of cells) {
      say(`${keyOfCell(cell)} (${cell.point})`);
      // What went wrong has left nobody knows what.
      if (lab === null) lab = await startLab(labOptionsOf(cell));
      else await giveRights(lab, cell.account);
      const outcome = await outcomeOf(cell, lab);
      writeRecord({
        ...cell,
        outcome,
        version: await serverVersion(lab),
        at: new Date().toISOString(),
      });
      say(`  ${inWords(outcome)}`);
      if (!isRight(outcome)) process.exitCode = 1;
      if (outcome.result !== "wrong") continue;
      await lab.stop();
      lab = null;
    }
  } finally {
    await lab?.stop();
  }
}

async function outcomeOf(cell: Cell, lab: Lab): Promise<Outcome> {
  const product = await Product.start();
  try {
    return await cellJourney(cell, lab, product, { planOnly: values.quick && !isBest(cell) });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    say(`  evidence is in ${await keepEvidence(cell, product, words)}`);
    return { result: "wrong", error: words, afterT1: await hadBegun(product) };
  } finally {
    await product.stop();
  }
}

function inWords(outcome: Outcome): string {
  if (outcome.result === "wrong")
    return `WRONG${outcome.afterT1 ? " after T1" : ""}: ${outcome.error}`;
  const { result, applied } = outcome;
  const after = applied.length > 0 ? ` after ${applied.join("; ")}` : "";
  if (result === "works") return `works, contents alike, in ${outcome.seconds} s${after}`;
  if (result === "plan passes") return `${result}${after}`;
  const reasons = outcome.refusals.map(
    ({ id, evidence, remedy }) => `${id}: ${evidence} -> ${remedy || "NO REMEDY"}`,
  );
  return [`refused before T1${after}`, ...reasons].join("\n    ");
}
