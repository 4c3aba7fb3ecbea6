import { Marked } from "marked";
import { helpPages } from "./pages.ts";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? "");

/** Where a heading can be linked to: "Roll back a run" is "roll-back-a-run", as on GitHub. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** A link between two files of the documentation as a link between two pages; null when it leads out. */
export function helpHref(href: string): string | null {
  if (href.startsWith("#") || /^https?:\/\//.test(href)) return href;
  const [, slug, anchor = ""] = /^(?:\.\/|docs\/)?([a-z]+)\.md(#.*)?$/.exec(href) ?? [];
  return helpPages.some((page) => page.slug === slug) ? `/help/${slug}${anchor}` : null;
}

/** The headings of a page below its title, in their order. */
export function headingsOf(markdown: string): { depth: number; text: string }[] {
  return new Marked()
    .lexer(markdown)
    .flatMap((token) =>
      token.type === "heading" && token.depth > 1
        ? [{ depth: token.depth as number, text: token.text as string }]
        : [],
    );
}

/**
 * A page of the documentation as HTML. Markup within it is shown, not obeyed, and what is not served
 * here is plain text instead of a dead link.
 *
 * @param original the English page, when this is its translation: links lead to the English headings
 */
export function renderHelp(markdown: string, original = markdown): string {
  const anchors = headingsOf(original).map(({ text }) => anchorOf(text));
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escaped(text),
      image: ({ text }) => escaped(text),
      heading({ tokens, depth, text }) {
        // The page has its own h1.
        if (depth === 1) return "";
        const inner = this.parser.parseInline(tokens);
        const anchor = anchors.shift() ?? anchorOf(text);
        return `<h${depth} id="${escaped(anchor)}">${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        const to = helpHref(href);
        return to === null ? inner : `<a href="${escaped(to)}">${inner}</a>`;
      },
    },
  });
  // Tables and code scroll by themselves on narrow screens; what scrolls must be reachable by keyboard.
  return (marked.parse(markdown, { async: false }) as string)
    .replaceAll(
      "<table>",
      '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>',
    )
    .replaceAll("</table>", "</table></div>")
    .replaceAll("<pre>", '<pre tabindex="0">');
}
