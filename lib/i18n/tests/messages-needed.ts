import { existsSync } from "node:fs";
import { dirname, normalize } from "node:path";
import ts from "typescript";
import { eachNode, parsed, root } from "./source-files.ts";

/** The namespaces that the client components reached from a page, a layout or the like use. */
export function messagesNeeded(path: string): string[] {
  const needed = new Set<string>();
  const seen = new Set<string>();
  const visit = (at: string, above: "server" | "client"): void => {
    const side = above === "client" || isClient(at) ? "client" : "server";
    if (seen.has(`${side} ${at}`)) return;
    seen.add(`${side} ${at}`);
    if (side === "client") for (const name of saidBy(at)) needed.add(name);
    for (const next of importsOf(at)) visit(next, side);
  };
  visit(path, "server");
  return [...needed].sort();
}

/** What `withMessages` sends with a page or layout. */
export function messagesSent(path: string): string[] {
  const text = parsed(path).text;
  const [, list] = /withMessages\(\s*\[([^\]]*)\]/.exec(text) ?? [];
  return [...(list ?? "").matchAll(/"([\w-]+)"/g)].map(([, name]) => name ?? "").sort();
}

function isClient(path: string): boolean {
  return /^"use client";/.test(parsed(path).text);
}

function saidBy(path: string): string[] {
  const names: string[] = [];
  eachNode(parsed(path), (node) => {
    if (!ts.isCallExpression(node)) return;
    const [namespace] = node.arguments;
    if (node.expression.getText() === "useSaid") names.push("said");
    if (node.expression.getText() !== "useTranslations") return;
    if (namespace && ts.isStringLiteral(namespace)) names.push(namespace.text);
  });
  return names;
}

/**
 * The modules of the product that one imports, at once or when they are wanted, not for their types alone;
 * actions stay on the server.
 */
function importsOf(path: string): string[] {
  const specifiers: string[] = [];
  eachNode(parsed(path), (node) => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly)
      specifiers.push((node.moduleSpecifier as ts.StringLiteral).text);
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    const [specifier] = node.arguments;
    if (specifier && ts.isStringLiteral(specifier)) specifiers.push(specifier.text);
  });
  return specifiers.flatMap((from) => {
    const file = from.startsWith("#")
      ? from.slice(1)
      : from.startsWith(".")
        ? normalize(`${dirname(path)}/${from}`)
        : "";
    return /^(?:app|components)\/.*\.tsx?$/.test(file) && existsSync(root + file) ? [file] : [];
  });
}
