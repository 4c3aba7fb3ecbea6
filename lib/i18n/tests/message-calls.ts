import ts from "typescript";
import { eachNode, placeOf } from "./source-files.ts";

/** A call such as `t("stop", { name })` or ``t(`states.${state}`)``. */
export interface MessageCall {
  place: string;
  namespace: string;
  /** Whole keys, or what a computed key begins with, ending in a dot. */
  keys: string[];
  /** The names of what is given; null where it is not written out. */
  given: string[] | null;
}

/** The calls of what `useTranslations`, `getTranslations` or a parameter of type `Translator` gives. */
export function messageCalls(file: ts.SourceFile): MessageCall[] {
  const calls: MessageCall[] = [];
  eachNode(file, (node) => {
    if (!ts.isCallExpression(node)) return;
    const { expression } = node;
    const called = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
    if (!ts.isIdentifier(called)) return;
    if (called.text === "pageTitle" && node.arguments[0]) {
      const keys = keysIn(node.arguments[0]).map((key) => `titles.${key}`);
      calls.push({ place: placeOf(node), namespace: "app", keys, given: [] });
      return;
    }
    const namespace = namespaceOf(called.text, node);
    const [key, values] = node.arguments;
    if (namespace === null || !key) return;
    const given = values ? namesIn(values) : [];
    calls.push({ place: placeOf(node), namespace, keys: keysIn(key), given });
  });
  return calls;
}

/** The namespace of the translator that a name means here: the nearest declaration above. */
function namespaceOf(name: string, from: ts.Node): string | null {
  for (let scope = from.parent; scope; scope = scope.parent) {
    const found = ts.isBlock(scope)
      ? scope.statements.map((statement) => declared(name, statement)).find((one) => one !== null)
      : ts.isFunctionLike(scope)
        ? scope.parameters.map((one) => parameter(name, one)).find((one) => one !== null)
        : null;
    if (found) return found;
  }
  return null;
}

function declared(name: string, statement: ts.Statement): string | null {
  if (!ts.isVariableStatement(statement)) return null;
  for (const one of statement.declarationList.declarations) {
    if (one.name.getText() !== name) continue;
    const text = one.initializer?.getText() ?? "";
    return /(?:useTranslations|getTranslations)\("([\w-]+)"\)/.exec(text)?.[1] ?? null;
  }
  return null;
}

function parameter(name: string, one: ts.ParameterDeclaration): string | null {
  if (one.name.getText() !== name) return null;
  return /^Translator<"([\w-]+)">$/.exec(one.type?.getText() ?? "")?.[1] ?? null;
}

/** All keys that an expression may come to. */
function keysIn(key: ts.Expression): string[] {
  if (ts.isStringLiteralLike(key)) return [key.text];
  if (ts.isTemplateExpression(key)) {
    const last = key.templateSpans.at(-1)?.literal.text ?? "";
    return [last === "" ? key.head.text : `${key.head.text}*${last}`];
  }
  if (ts.isConditionalExpression(key)) return [...keysIn(key.whenTrue), ...keysIn(key.whenFalse)];
  if (ts.isParenthesizedExpression(key) || ts.isAsExpression(key)) return keysIn(key.expression);
  if (ts.isIdentifier(key)) return keysOfConstant(key);
  return [];
}

/** A key that was chosen a line before: `const doing = back ? "tab.back" : "tab.forth"`. */
function keysOfConstant({ text, parent }: ts.Identifier): string[] {
  for (let scope = parent; scope; scope = scope.parent) {
    if (!ts.isBlock(scope)) continue;
    for (const statement of scope.statements.filter(ts.isVariableStatement)) {
      const [one] = statement.declarationList.declarations;
      if (one?.name.getText() === text && one.initializer) return keysIn(one.initializer);
    }
  }
  return [];
}

function namesIn(values: ts.Expression): string[] | null {
  if (!ts.isObjectLiteralExpression(values)) return null;
  const names = values.properties.map((each) => each.name?.getText());
  return names.some((name) => name === undefined) ? null : (names as string[]);
}
