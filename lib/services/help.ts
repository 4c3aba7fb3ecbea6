import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HelpSlug } from "#lib/help/pages.ts";
import { renderHelp } from "#lib/help/render.ts";
import type { Locale } from "#lib/i18n/locales.ts";

/**
 * A page of the documentation as HTML, from the file that comes with this version; in English where it
 * was not translated.
 */
export async function helpHtml(
  slug: HelpSlug,
  wanted: Locale,
): Promise<{ html: string; locale: Locale }> {
  const directory = join(process.cwd(), "docs");
  const original = await readFile(join(directory, `${slug}.md`), "utf8");
  const translation = join(directory, wanted, `${slug}.md`);
  if (wanted === "en" || !existsSync(translation))
    return { html: renderHelp(original), locale: "en" };
  return { html: renderHelp(await readFile(translation, "utf8"), original), locale: wanted };
}
