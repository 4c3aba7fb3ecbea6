import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { everywhere } from "../everywhere.ts";
import { messagesNeeded, messagesSent } from "./messages-needed.ts";
import { root } from "./source-files.ts";

const files = globSync("app/**/{page,layout,loading,error,not-found}.tsx", { cwd: root }).sort();

/** The layouts around a file, its own folder's too. */
function around(path: string): string[] {
  const folder = dirname(path);
  const above = folder === "app" ? [] : around(`${dirname(folder)}/`.replace(/\/$/, "/x"));
  const layout = `${folder}/layout.tsx`;
  return files.includes(layout) && layout !== path ? [...above, layout] : above;
}

test("every page sends the messages that its client components say, and no others", () => {
  for (const path of files) {
    const sent = messagesSent(path);
    const known = new Set([...everywhere, ...around(path).flatMap(messagesSent)] as string[]);
    const missing = messagesNeeded(path).filter((name) => !known.has(name));
    assert.deepEqual(sent, missing, path);
  }
});
