import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HelpSlug } from "#lib/help/pages.ts";
import { renderHelp } from "#lib/help/render.ts";

/** A page of the documentation as HTML, from the file that comes with this version. */
export async function helpHtml(slug: HelpSlug): Promise<string> {
  return renderHelp(await readFile(join(process.cwd(), "docs", `${slug}.md`), "utf8"));
}
