import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "./default-settings.ts";
import { DeploymentSettings } from "./inventory.ts";

test("the form begins with what the schema would fill in", () => {
  assert.deepEqual(DeploymentSettings.parse({}), defaultSettings);
});
