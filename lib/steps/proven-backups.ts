import { UpliftError } from "#lib/domain/errors.ts";
import type { StepContext } from "./context.ts";

/**
 * No schema is touched before every dump of the plan (in a chain: of the hop) is proven, whatever was skipped or marked done
 * on the way here (docs/architecture.md, "What always holds"). One
 * that is to be made anew, because its node was left out, does not count where it was.
 *
 * @throws UpliftError dump.unproven
 */
export function requireProvenBackups(context: StepContext<"metadata.init">): void {
  const { backups } = context.state();
  const { hop } = context.step;
  const missing = context.plan.steps
    .flatMap((step) => (step.kind === "database.dump" && step.hop === hop ? [step.params] : []))
    .filter(
      ({ key, nodeId }) =>
        !backups.some((one) => one.key === key && one.nodeId === nodeId && one.proven),
    );
  if (missing.length === 0) return;
  const names = missing.map(({ database }) => database).join(", ");
  throw new UpliftError(
    "dump.unproven",
    `There is no proven backup of ${names}, so the metadata will not be changed.`,
    {
      remedy:
        "Roll back (no database is touched), mend what kept the dump from being proven, and start again.",
    },
  );
}
