import { fetched } from "./fetched.ts";
import { askedMetadb, type MetadbKind, metadbOfSites, toolsFor } from "./kind.ts";

/** What sites have, or MariaDB where that cannot be had and nobody asked for it. Says so in a line. */
export async function metadbToHand(say: (line: string) => void): Promise<MetadbKind> {
  const kind = metadbOfSites();
  if (kind === "mariadb") return kind;
  try {
    await fetched(kind);
    if (toolsFor(kind) === "mysql") await fetched("mysql-client");
    return kind;
  } catch (error) {
    if (askedMetadb() !== undefined) throw error;
    const words = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    say(`${kind} cannot be had here, so the MetaDB is MariaDB: ${words}`);
    return "mariadb";
  }
}
