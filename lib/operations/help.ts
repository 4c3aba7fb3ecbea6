import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { helpLanguages, helpPages } from "#lib/help/pages.ts";
import { renderHelp } from "#lib/help/render.ts";
import { operation } from "./operation.ts";

const Language = z.enum(helpLanguages);

/**
 * A page of the documentation as HTML, from the file that comes with this version; in English where it
 * was not translated.
 */
export const helpPage = operation({
  name: "help.page",
  permission: "inventory.read",
  input: z.object({ slug: z.enum(helpPages.map(({ slug }) => slug)), wanted: Language }),
  output: z.object({ html: z.string(), language: Language }),
  async run(_actor, { slug, wanted }) {
    const directory = join(process.cwd(), "docs");
    const original = await readFile(join(directory, `${slug}.md`), "utf8");
    const translation = join(directory, wanted, `${slug}.md`);
    if (wanted === "en" || !existsSync(translation))
      return { html: renderHelp(original), language: "en" as const };
    return { html: renderHelp(await readFile(translation, "utf8"), original), language: wanted };
  },
});
