// Run as a program of its own (`strip-types.ts SOURCE TARGET`), because Node warns that the function it uses
// is young, and a lab that starts should not print warnings that are nobody's concern.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";

const [source = "", target = ""] = process.argv.slice(2);
for (const file of readdirSync(source)) {
  const code = stripTypeScriptTypes(readFileSync(join(source, file), "utf8"));
  const name = file.replace(/\.ts$/, ".js");
  writeFileSync(join(target, name), code.replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"'));
}
