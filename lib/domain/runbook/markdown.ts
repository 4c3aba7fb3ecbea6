/** A text as it reads, wherever it stands in Markdown: nothing of it becomes markup. */
export function plain(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*[\]|<>~]|(?<!\w)_|_(?!\w)|^[#+-]/g, "\\$&");
}

/** A block of code in a fence that is longer than any run of backticks within it. */
export function fenced(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

/** A name or a path within a sentence. */
export function inline(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${code.replace(/\s*\n\s*/g, " ")}${space}${fence}`;
}
