import ts from "typescript";
import { eachNode, placeOf } from "./source-files.ts";

/** Attributes and properties whose text a person reads or hears. */
const shown = new Set(
  "label title placeholder aria-label alt summary description heading message remedy hint aside verb recovery action dismiss why next word words sentences consequences valueText value".split(
    " ",
  ),
);

/** What is the same in every language: names, what is typed or pasted, samples of data. */
const sameEverywhere = new Set([
  ...["Uplift", "OMS", "HA", "MetaDB", "SHA-256", "SSH", "Node.js", "Ctrl", "K", "sudo", "rm, cm"],
  ...["docker_init.sh", "-----BEGIN OPENSSH PRIVATE KEY-----", "TLS"],
  ...["dep_…, run_…, usr_…", "repository/oms:feature_3.3.1-ce", "root@oms#obcluster"],
  ...["drc_rm_db", "drc_cm_db", "drc_cm_heartbeat_db", "cm_region", "OMS_HOST_IP", "ha.config"],
  ...["/data/oms_ .tar.gz", "T1", "Docker", "hash"],
]);

const letters = /\p{L}{2}/u;

/** Two words, or one that begins as a sentence does. */
const prose = /^[A-Z][a-z]+(?: .*)?[.…?]?$|[a-z’,;:] [a-z]|^[A-Z]\S* \S*[a-z]/s;

/** What Tailwind, SVG and CSS are made of. */
const code =
  /(?:^|\s)!?[a-z0-9-]+[-:[/][\w[(.-]|^[MLHVCSQTAZmlhvcsqtaz\d.\s-]+$|^(?:grid|flex|block|hidden|truncate|translate\()/;

/** Texts that would be shown and stand in no catalogue. */
export function wordsOutside(file: ts.SourceFile): string[] {
  const found: string[] = [];
  eachNode(file, (node) => {
    const text = textOf(node);
    if (text === null || !letters.test(text) || sameEverywhere.has(text)) return;
    const suspicious =
      ts.isJsxText(node) || isShown(node) || (prose.test(text) && !code.test(text));
    if (suspicious && !isExempt(node)) found.push(`${placeOf(node)} ${text}`);
  });
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return node.text.trim();
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text.trim();
  if (!ts.isTemplateExpression(node)) return null;
  // What stands between the values; a value itself was looked at where it is made.
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether what stands here is a child of an element or the value of something that is read. */
function isShown(node: ts.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (ts.isParenthesizedExpression(parent)) continue;
    if (ts.isConditionalExpression(parent) && parent.condition !== child) continue;
    if (ts.isBinaryExpression(parent) && joins(parent, child)) continue;
    if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) return true;
    if (ts.isJsxExpression(parent)) continue;
    if (ts.isJsxAttribute(parent)) return isRead(parent.name.getText(), parent, textOf(node));
    if (ts.isPropertyAssignment(parent)) return isRead(parent.name.getText(), parent, textOf(node));
    return false;
  }
  return false;
}

function joins({ operatorToken, left }: ts.BinaryExpression, child: ts.Node): boolean {
  const { kind } = operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return left !== child;
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}

/** A `value` is read when it reads like words; most are what a form sends. */
function isRead(name: string, { initializer }: { initializer?: ts.Node }, text: string | null) {
  if (name !== "value") return shown.has(name) && initializer !== undefined;
  return text !== null && prose.test(text);
}

const codeAttributes =
  /^(?:class|.*Class)Name|^(?:href|id|key|type|role|variant|tone|size|name|htmlFor|autoComplete|path|mode|rel|method|d|viewBox|style|look|action|colorScheme)$/;

/** Where a text is part of the program: imports, types, comparisons, keys, classes, thrown errors. */
function isExempt(node: ts.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
    if (ts.isTypeNode(parent) || ts.isCaseClause(parent) || ts.isNewExpression(parent)) return true;
    if (ts.isElementAccessExpression(parent) && parent.argumentExpression === child) return true;
    if (ts.isBinaryExpression(parent) && /^[=!]==?$/.test(parent.operatorToken.getText()))
      return true;
    if (ts.isExpressionStatement(parent) && ts.isStringLiteral(child)) return true;
    if (ts.isJsxAttribute(parent) && codeAttributes.test(parent.name.getText())) return true;
    if (ts.isPropertyAssignment(parent) && parent.name === child) return true;
    if (ts.isPropertyAssignment(parent) && codeAttributes.test(parent.name.getText())) return true;
    if (ts.isCallExpression(parent) && isProgram(parent.expression.getText())) return true;
    if (ts.isBlock(parent)) return false;
  }
  return false;
}

/** Calls that take keys, classes or parts of addresses. */
function isProgram(called: string): boolean {
  return (
    /^(?:cn|cva|pageTitle|encodeURIComponent)$/.test(called) ||
    /^(?:t|words|states|moments|translate)(?:\.rich)?$/.test(called) ||
    /Translations$|\.(?:startsWith|endsWith|includes|split|join|replace|has|get|set|append|test|querySelector|getItem|setItem|addEventListener|removeEventListener|toLocaleDateString)$/.test(
      called,
    )
  );
}
