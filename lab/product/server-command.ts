import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** The arguments with which `npm start` runs the server: tests and the demo run the very same thing. */
export function serverCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    scripts: { start: string };
  };
  const flags = /node ((?:--\S+ )*)server\.ts/.exec(scripts.start)?.[1] ?? "";
  return [
    ...flags.split(" ").filter((flag) => flag !== ""),
    fileURLToPath(new URL("server.ts", root)),
  ];
}
