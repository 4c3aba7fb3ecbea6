import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The source files below these folders, tests aside, as the compiler reads them. */
export function sourceFiles(...folders: string[]): ts.SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
    .filter((path) => !/\.test\.tsx?$|generated|\/tests\//.test(path))
    .sort()
    .map(parsed);
}

const files = new Map<string, ts.SourceFile>();

/** @param path from the root of the repository */
export function parsed(path: string): ts.SourceFile {
  const known = files.get(path);
  if (known) return known;
  const text = readFileSync(root + path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  files.set(path, file);
  return file;
}

/** `components/ui/table.tsx:12` */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => eachNode(child, visit));
}
