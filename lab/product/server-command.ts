import { readFileSync } from "node:fs";
import { join } from "node:path";

const ownRoot = join(import.meta.dirname, "../..");

/** The arguments with which `npm start` runs the server: tests and the demo run the very same thing. */
export function serverCommand(root = ownRoot): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: { start: string };
  };
  const flags = /node ((?:--\S+ )*)server\.ts/.exec(scripts.start)?.[1] ?? "";
  return [...flags.split(" ").filter((flag) => flag !== ""), join(root, "server.ts")];
}
