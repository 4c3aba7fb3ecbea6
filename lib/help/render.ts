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

/**
 * A page of the documentation as HTML. Markup within it is shown, not obeyed, and what is not served
 * here is plain text instead of a dead link.
 */
export function renderHelp(markdown: string): string {
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escaped(text),
      image: ({ text }) => escaped(text),
      heading({ tokens, depth, text }) {
        // The page has its own h1.
        if (depth === 1) return "";
        const inner = this.parser.parseInline(tokens);
        return `<h${depth} id="${escaped(anchorOf(text))}">${inner}</h${depth}>\n`;
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
