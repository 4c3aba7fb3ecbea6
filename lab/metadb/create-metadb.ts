import { run } from "../shell.ts";
import type { LabNames } from "../state.ts";
import { accountName } from "./kind.ts";
import { Metadb, type MetadbServerOptions } from "./metadb.ts";
import { plugInMetadb } from "./place.ts";
import { ownedObjects } from "./seed.ts";
import { seededDataDir } from "./template.ts";

/** Copies the seeded data directory, starts the server, makes its user and what the user owns. */
export async function createMetadb(names: LabNames, options: MetadbServerOptions): Promise<Metadb> {
  const template = await seededDataDir(options.databases, options);
  await plugInMetadb(names, options.which);
  const metadb = new Metadb(names, options);
  await run(["mkdir", "-p", metadb.server.dir]);
  await run(["cp", "-a", "--reflink=auto", template, metadb.server.dataDir]);
  await metadb.start();
  const account = `${literal(accountName(options.kind, options.user))}@'%'`;
  await metadb.query(`create user ${account} identified by ${literal(options.password)}`);
  for (const database of [...metadb.databases, "lab_journal"])
    await metadb.query(`grant all on \`${grantPattern(database)}\`.* to ${account}`);
  // The lab names no pattern of the product's: an administrator types this one by hand.
  await metadb.query(`grant all on \`uplift\\_rehearse\\_%\`.* to ${account}`);
  // Beyond its own databases: what mysqldump asks for, and nothing that only an administrator has.
  await metadb.query(`grant process, reload, replication client on *.* to ${account}`);
  if (options.databases.rm !== "")
    for (const statement of ownedObjects(options.databases.rm))
      await metadb.server.queryAs(options.user, options.password, statement);
  return metadb;
}

const literal = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** In a grant, `_` and `%` in a database's name are wildcards. */
const grantPattern = (database: string) => database.replace(/[_%]/g, "\\$&").replaceAll("`", "``");
