import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Plan } from "#lib/domain/plan.ts";
import type { Step } from "#lib/domain/step.ts";

/** One line a step and one a command: what a reviewer would want to see change. For tests. */
export function planText(steps: readonly Step[], hosts: Plan["hosts"]): string {
  const host = (id: string) => hosts.find((one) => one.nodeId === id)?.name ?? id;
  return steps
    .flatMap((step) => [
      `${step.phase} ${step.id}${step.after.length > 0 ? ` <- ${step.after.join(" ")}` : ""}`,
      ...step.commands.map(
        (command) => `    ${host(command.nodeId)} ${command.kind}: ${command.text}`,
      ),
    ])
    .join("\n")
    .concat("\n");
}

/** Compares with a file in golden/; `UPDATE_GOLDEN=1` writes it anew, for a diff to be read. */
export function assertGolden(name: string, text: string): void {
  const file = new URL(`golden/${name.replace(/[^a-z0-9]+/gi, "-")}.txt`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
