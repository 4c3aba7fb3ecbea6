import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, fingerprintComment } from "./fingerprint.ts";

test("one statement reads several tables; names are quoted, NULL is told from every value", () => {
  const text = fingerprint("o`ms", [
    {
      name: "t",
      columns: [
        { name: "a`b", type: "varchar" },
        { name: "c", type: "BIT" },
      ],
    },
    { name: "order", columns: [{ name: "select", type: "int" }] },
  ]);
  assert.equal(
    text,
    `${fingerprintComment} SELECT 0 AS number, COUNT(*) AS total, CAST(COALESCE(SUM(CAST(CONV(LEFT(SHA2(CONCAT('', COALESCE(SHA2(\`a\`\`b\`, 256), '-'), COALESCE(SHA2(HEX(\`c\`), 256), '-')), 256), 16), 16, 10) AS UNSIGNED)), 0) AS CHAR) AS content FROM \`o\`\`ms\`.\`t\` UNION ALL SELECT 1 AS number, COUNT(*) AS total, CAST(COALESCE(SUM(CAST(CONV(LEFT(SHA2(CONCAT('', COALESCE(SHA2(\`select\`, 256), '-')), 256), 16), 16, 10) AS UNSIGNED)), 0) AS CHAR) AS content FROM \`o\`\`ms\`.\`order\``,
  );
});
