import compile from "icu-minify/compile";
import type { Locale } from "./locales.ts";
import { en, type Messages, type Namespace } from "./messages/en.ts";
import { zhCN } from "./messages/zh-CN.ts";

const catalogues: Record<Locale, Messages> = { en, "zh-CN": zhCN };

interface Tree<Leaf> {
  [key: string]: Leaf | Tree<Leaf>;
}

type Compiled = ReturnType<typeof compile>;

/** Parsing a message takes a hundred times as long as formatting it, and no browser needs the parser. */
const compiled = new Map<string, Tree<Compiled>>();

/** A namespace's messages as `use-intl` reads them; each is parsed once per process. */
export function compiledMessages(locale: Locale, namespace: Namespace): Tree<Compiled> {
  const key = `${locale} ${namespace}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = compileTree(catalogues[locale][namespace]);
  compiled.set(key, made);
  return made;
}

function compileTree(tree: Tree<string>): Tree<Compiled> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === "string" ? plain(compile(value)) : compileTree(value),
    ]),
  );
}

/** The compiler's objects have no prototype, and React sends none such to a browser. */
function plain(message: Compiled): Compiled {
  return JSON.parse(JSON.stringify(message)) as Compiled;
}
