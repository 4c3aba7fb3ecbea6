import type { Lab } from "#lab/lab.ts";
import { accountLiteral } from "#lab/metadb/accounts.ts";
import { accountName } from "#lab/metadb/kind.ts";
import { register, upgradeTarget, waitForRun } from "#lab/product/journey.ts";
import type { Product } from "#lab/product/product.ts";
import { english } from "#lib/i18n/english.ts";
import type { PlanView } from "#lib/services/views.ts";
import type { Cell } from "./cells.ts";
import { differences } from "./differences.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { remedyStatements } from "./remedy.ts";
import { upgradeAndBack } from "./upgrade-and-back.ts";

/**
 * Goes a cell's whole way, or as far as a plan.
 *
 * @throws Error what went wrong that nobody has caused
 */
export async function cellJourney(
  cell: Cell,
  lab: Lab,
  product: Product,
  { planOnly }: { planOnly: boolean },
): Promise<Outcome> {
  const from = performance.now();
  const before = await lab.checksum();
  const deploymentId = await register(product, lab);
  const { plan, applied } = await planWithRemedies(lab, () =>
    product.ask<PlanView>("POST", `/deployments/${deploymentId}/plans`, {
      ...upgradeTarget(lab),
      gates: cell.point === "before the new start" ? ["start"] : [],
    }),
  );
  if (!plan.passes) return { result: "refused", applied, refusals: failed(plan).map(shortened) };
  const programs = programsOf(plan);
  if (cell.tools === "old-image" && !programs.every((each) => each.includes("of the old image")))
    throw new Error(`not the old image's programs: ${programs.join("; ")}`);
  if (planOnly) return { result: "plan passes", applied, programs };

  const practices = `/deployments/${deploymentId}/practices`;
  const practice = await product.ask<{ id: string }>("POST", practices);
  await waitForRun(product, practice.id, ["succeeded"]);
  await upgradeAndBack(cell.point, lab, product, plan);
  const changed = differences(before, await lab.checksum());
  if (changed.length > 0) throw new Error(`other contents than before: ${changed.join(", ")}`);
  return {
    ...{ result: "works", applied, programs },
    seconds: Math.round((performance.now() - from) / 1000),
  };
}

/** As often as what is refused has a remedy that can be done on the server and was not done yet. */
async function planWithRemedies(lab: Lab, ask: () => Promise<PlanView>) {
  const { user, server, databases } = lab.metadb;
  const account = accountLiteral(accountName(server.kind, user));
  const applied: string[] = [];
  for (;;) {
    const plan = await ask();
    const statements = remedyStatements(failed(plan), account, databases).filter(
      (statement) => !applied.includes(statement),
    );
    if (plan.passes || statements.length === 0) return { plan, applied };
    for (const statement of statements) await lab.metadb.query(statement);
    applied.push(...statements);
  }
}

/** What the plan refuses, in the words that a person reads. */
const failed = ({ checks }: PlanView): Refusal[] =>
  checks
    .filter(({ result }) => result === "fail" || result === "unknown")
    .map(({ id, evidence, remedy }) => ({
      id,
      evidence: english(evidence),
      remedy: english(remedy ?? ""),
    }));

const shortened = (one: Refusal): Refusal => ({ ...one, evidence: one.evidence.slice(0, 200) });

/** With which programs the plan's dumps are made, as its checks tell. */
function programsOf({ checks }: PlanView): string[] {
  const tried = checks.filter(({ id }) => id.startsWith("trial."));
  return [
    ...new Set(
      tried.map(({ evidence }) => english(evidence).split(" dumped and restored")[0] ?? ""),
    ),
  ];
}
