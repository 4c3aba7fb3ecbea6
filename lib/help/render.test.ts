import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { helpPageOf, helpPages } from "./pages.ts";
import { anchorOf, headingsOf, helpHref, renderHelp } from "./render.ts";

const source = (slug: string) =>
  readFileSync(new URL(`../../docs/${slug}.md`, import.meta.url), "utf8");

describe("every page of the documentation", () => {
  const rendered = new Map(helpPages.map(({ slug }) => [slug, renderHelp(source(slug))]));

  for (const { slug } of helpPages) {
    test(`${slug} renders, and its links between pages lead to headings that are there`, () => {
      const html = rendered.get(slug) ?? "";
      assert.match(html, /<p>/);
      for (const [, target, anchor] of html.matchAll(/href="\/help\/([a-z]+)(?:#([^"]*))?"/g)) {
        const page = rendered.get(target as typeof slug);
        assert.ok(page, `${slug} links to ${target}`);
        if (anchor)
          assert.ok(page.includes(`id="${anchor}"`), `${slug} links to ${target}#${anchor}`);
      }
    });
  }
});

describe("every translated page", () => {
  for (const { slug } of helpPages) {
    const translation = new URL(`../../docs/zh-CN/${slug}.md`, import.meta.url);
    if (!existsSync(translation)) continue;
    test(`${slug} has the headings, tables and code of the English one`, () => {
      const [text, original] = [readFileSync(translation, "utf8"), source(slug)];
      const depths = (markdown: string) => headingsOf(markdown).map(({ depth }) => depth);
      const rows = (markdown: string) => markdown.match(/^\s*\|/gm)?.length ?? 0;
      const code = (markdown: string) => markdown.match(/^```[\s\S]*?^```/gm) ?? [];
      assert.deepEqual(depths(text), depths(original));
      assert.equal(rows(text), rows(original));
      assert.deepEqual(code(text), code(original));
      // A link that says what is linked to in another language still leads to the same heading.
      const ids = (html: string) => [...html.matchAll(/id="([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(ids(renderHelp(text, original)), ids(renderHelp(original)));
    });
  }
});

test("links to files that are not served are text", () => {
  assert.equal(helpHref("operations.md#rights"), "/help/operations#rights");
  assert.equal(helpHref("https://example.com/x.md"), "https://example.com/x.md");
  assert.equal(helpHref("#here"), "#here");
  assert.equal(helpHref("adr/0001-journal-and-two-legs.md"), null);
  assert.equal(helpHref("../server.ts"), null);
  assert.equal(helpHref("javascript:alert(1)"), null);
});

test("markup is shown, not obeyed", () => {
  const html = renderHelp(
    'a <script>alert(1)</script> [x](javascript:alert(1)) ![i](y" onerror="z)',
  );
  assert.doesNotMatch(html, /<script|javascript:|<img/);
});

test("headings have the anchors that the links use", () => {
  assert.equal(anchorOf("`GET /runs`: all of them"), "get-runs-all-of-them");
});

test("only the listed pages are pages", () => {
  assert.equal(helpPageOf(["operations"])?.title, "Operations");
  assert.equal(helpPageOf(["..", "package"]), undefined);
  assert.equal(helpPageOf(["operations", "x"]), undefined);
  assert.equal(helpPageOf([]), undefined);
});
