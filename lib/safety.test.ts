import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

/** What must not be written in the product, whatever it compiles to: each with the places that may. */
const rules: { what: string; pattern: RegExp; allowed: RegExp; why: string }[] = [
  {
    what: "reveal()",
    pattern: /\.reveal\(\)/,
    allowed:
      /^lib\/(remote|store\/se(aling|crets)|metadb\/(connect|tls|login-policy)|log\/redact|commands\/client-login|services\/(discovery-secrets|tls-files))/,
    why: "a secret's text is taken only where it leaves for SSH, SQL, or encryption",
  },
  {
    what: "child processes",
    pattern: /node:child_process/,
    allowed: /^lib\/store\/migrations\/migrate\.ts$/,
    why: "the product runs commands on hosts, never on its own machine; only its migrations are a process of this program",
  },
  {
    what: "shell text that was put together",
    pattern: /["'`](?:ba)?sh["'`],\s*["'`]-c["'`],\s*`[^`]*\$\{/,
    allowed: /^$/,
    why: "values reach a shell as parameters (lib/commands/command.ts)",
  },
  {
    what: "raw SQL",
    pattern: /\$(queryRaw|executeRaw)/,
    allowed: /^lib\/store\//,
    why: "the store alone knows its database",
  },
  {
    what: "HTML from strings",
    pattern: /dangerouslySetInnerHTML/,
    allowed: /^app\/\(app\)\/help\//,
    why: "output of hosts is text; only the documentation of this version is markup",
  },
  {
    what: "fixed sleeps in steps",
    pattern: /setTimeout\((?:resolve|r), \d{3,}\)/,
    allowed: /^$/,
    why: "a step waits for something, never for a time (docs/architecture.md)",
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = ["lib", "app", "components"].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .filter((file) => !/generated|\.test\.tsx?$|\/tests\/|private-sshd/.test(file)),
);

describe("the whole product", () => {
  for (const { what, pattern, allowed, why } of rules) {
    test(`${what}: ${why}`, () => {
      const found = sources.filter(
        (file) => !allowed.test(file) && pattern.test(readFileSync(root + file, "utf8")),
      );
      assert.deepEqual(found, []);
    });
  }
});
