import assert from "node:assert/strict";
import { test } from "node:test";
import { changeHaConfig, readHaConfig, refetchInterval } from "./ha-config.ts";

const documented =
  '{"enable":false,"enableHost":false,"enableStore":true,"perceiveStoreClientCheckpoint":false,"refetchStoreIntervalMin":30}';

test("changes only the named keys and keeps every other byte", () => {
  assert.equal(
    changeHaConfig(documented, { enable: true, refetchStoreIntervalMin: 95 }),
    documented.replace('"enable":false', '"enable":true').replace(":30}", ":95}"),
  );
  const spaced = '{ "x" : {"enable": false},\n  "enable" : true , "note":"\\"enable\\":true" }';
  assert.equal(
    changeHaConfig(spaced, { enable: false }),
    '{ "x" : {"enable": false},\n  "enable" : false , "note":"\\"enable\\":true" }',
  );
});

test("agrees with JSON.parse on odd but legal texts", () => {
  const texts = [
    "{}",
    '{"a":[1,{"enable":1},2],"enable":false}',
    '{"enable":{"enable":[]},"z":1}',
    '{"\\u0065nable":false,"b":"}{,:"}',
    '{"enable":"a,b","refetchStoreIntervalMin":[1,[2]]}',
    " { } ",
  ];
  for (const text of texts) {
    const changed = changeHaConfig(text, { enable: true, refetchStoreIntervalMin: 7 });
    assert.deepEqual(
      JSON.parse(changed),
      { ...(JSON.parse(text) as object), enable: true, refetchStoreIntervalMin: 7 },
      `${text} became ${changed}`,
    );
  }
});

test("refuses what is not a JSON object with a boolean enable", () => {
  for (const raw of ["", "null", "[]", "enable=true", "{", '{"enable":"yes"}', "{}"]) {
    assert.throws(() => readHaConfig(raw), { code: "ha.invalid" }, raw);
  }
});

test("refuses a key that stands twice, because readers disagree about it", () => {
  assert.throws(() => changeHaConfig('{"enable":true,"enable":false}', { enable: true }), {
    code: "ha.invalid",
  });
});

test("computes the interval as the vendor's FAQ does", () => {
  assert.equal(refetchInterval(60 * 60_000, 30), 90);
  assert.equal(refetchInterval(1, 30), 31);
  assert.equal(refetchInterval(-5, 30), 30);
});
