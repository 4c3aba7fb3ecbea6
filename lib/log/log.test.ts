import assert from "node:assert/strict";
import { test } from "node:test";
import { Secret } from "#lib/domain/secret.ts";
import { Logger, logRedactor } from "./log.ts";

test("a line is JSON without secrets, in fields, messages and errors", () => {
  const lines: string[] = [];
  const log = new Logger(
    { component: "test" },
    (line) => lines.push(line),
    () => "info",
  );
  logRedactor().register(new Secret("hunter22"));
  log.debug("unseen");
  log.with({ run: "run_1" }).error("could not use hunter22", {
    given: new Secret("other-secret"),
    password: "typed",
    error: new Error("refused hunter22", { cause: new Error("hunter22") }),
    bytes: 3n,
  });
  assert.equal(lines.length, 1);
  const line = lines[0] ?? "";
  for (const leak of ["hunter22", "other-secret", "typed"])
    assert.equal(line.includes(leak), false);
  const { level, component, run, bytes, error } = JSON.parse(line);
  assert.deepEqual(
    [level, component, run, bytes, error.name],
    ["error", "test", "run_1", "3", "Error"],
  );
});
