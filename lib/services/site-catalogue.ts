import { readFileSync } from "node:fs";
import { z } from "zod";
import { ConfigInvalid, config } from "#lib/config/config.ts";
import { Catalogue, catalogue, withSiteReleases } from "#lib/oms/catalogue.ts";

let read: Catalogue | undefined;

/**
 * The vendor's releases and those that the site has added in the file UPLIFT_CATALOGUE names. Read once:
 * a plan must not find other rules than the page that proposed it.
 *
 * @throws ConfigInvalid when the file cannot be read or is no catalogue
 */
export function siteCatalogue(): Catalogue {
  const { catalogueFile } = config();
  read ??=
    catalogueFile === null ? catalogue : withSiteReleases(catalogue, readCatalogue(catalogueFile));
  return read;
}

/** @throws ConfigInvalid */
export function readCatalogue(path: string): Catalogue {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigInvalid(`UPLIFT_CATALOGUE: ${path} cannot be used: ${why}`);
  }
  const parsed = Catalogue.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigInvalid(
    `UPLIFT_CATALOGUE: ${path} is not a catalogue of releases:\n${z.prettifyError(parsed.error)}`,
  );
}
