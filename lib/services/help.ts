import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HelpLanguage, HelpSlug } from "#lib/help/pages.ts";
import { renderHelp } from "#lib/help/render.ts";

/**
 * A page of the documentation as HTML, from the file that comes with this version; in English where it
 * was not translated.
 */
export async function helpHtml(
  slug: HelpSlug,
  wanted: HelpLanguage,
): Promise<{ html: string; language: HelpLanguage }> {
  const directory = join(process.cwd(), "docs");
  const original = await readFile(join(directory, `${slug}.md`), "utf8");
  const translation = join(directory, wanted, `${slug}.md`);
  if (wanted === "en" || !existsSync(translation))
    return { html: renderHelp(original), language: "en" };
  return { html: renderHelp(await readFile(translation, "utf8"), original), language: wanted };
}
