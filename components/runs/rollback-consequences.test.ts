import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "#lib/domain/plan.ts";
import type { StepKind } from "#lib/domain/step.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import { rollbackConsequences } from "./rollback-consequences.ts";

const consequences = (plan: Plan) => rollbackConsequences(plan, translatorFor("runs"));

const planOf = (...kinds: StepKind[]) => ({ steps: kinds.map((kind) => ({ kind })) }) as Plan;

test("a full rollback says what is dropped and what is lost", () => {
  const { sentences, verb } = consequences(
    planOf(
      "container.stop",
      "database.recreate",
      "database.recreate",
      "container.restart",
      "ha.enable",
    ),
  );
  assert.match(sentences.join("\n"), /1 new container is stopped/);
  assert.match(sentences.join("\n"), /2 databases are dropped/);
  assert.match(sentences.join("\n"), /is lost/);
  assert.equal(verb, "Restore 2 databases and roll back");
});

test("a rollback that drops nothing does not speak of loss", () => {
  const { sentences, verb } = consequences(planOf("container.restart", "ha.enable"));
  assert.doesNotMatch(sentences.join("\n"), /lost|dropped/);
  assert.equal(verb, "Start 1 container again");
  assert.equal(consequences(planOf("ha.enable")).verb, "Restore HA");
});
