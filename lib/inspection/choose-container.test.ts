import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerFacts } from "#lib/domain/facts.ts";
import { english } from "#lib/i18n/english.ts";
import { chooseContainer } from "./choose-container.ts";

const container = (name: string, running: boolean, oms = true): ContainerFacts => ({
  id: name,
  name,
  image: "oms:feature_3.3.0-ce",
  imageId: "sha256:1",
  running,
  startedAt: "2025-11-24T02:00:00Z",
  mounts: oms
    ? [{ source: "/data/config.yaml", target: "/home/admin/conf/config.yaml", readOnly: false }]
    : [],
  environment: [],
  labels: {},
  volumes: [],
  ulimits: [],
  options: [],
  refused: [],
  restartPolicy: "no",
  autoRemove: false,
  networkMode: "host",
  privileged: true,
});

test("the only running OMS container is taken, stopped ones beside it or not", () => {
  const choice = chooseContainer(
    [container("oms_330", false), container("web", true, false), container("oms_331", true)],
    null,
  );
  assert.equal(choice.choice === "one" && choice.container.name, "oms_331");
});

test("the only OMS container is taken even when it is stopped", () => {
  const choice = chooseContainer([container("oms_330", false)], null);
  assert.equal(choice.choice === "one" && choice.container.name, "oms_330");
});

test("several that run, or several that are all stopped, are a question", () => {
  for (const running of [true, false]) {
    const choice = chooseContainer([container("a1", running), container("b2", running)], null);
    assert.equal(choice.choice, "ask");
    assert.deepEqual(choice.choice === "ask" && choice.candidates.map(({ name }) => name), [
      "a1",
      "b2",
    ]);
  }
});

test("a named container wins, if it is one of OMS", () => {
  const all = [container("a1", true), container("b2", true), container("web", true, false)];
  const named = chooseContainer(all, "b2");
  assert.equal(named.choice === "one" && named.container.name, "b2");
  assert.equal(chooseContainer(all, "web").choice, "none");
  assert.equal(chooseContainer(all, "gone").choice, "none");
});

test("a host without OMS says what is there instead", () => {
  const choice = chooseContainer([container("web", true, false)], null);
  assert.match(english(choice.choice === "none" ? choice.why : ""), /\(web\)/);
  const empty = chooseContainer([], null);
  assert.match(english(empty.choice === "none" ? empty.why : ""), /no container at all/);
});
