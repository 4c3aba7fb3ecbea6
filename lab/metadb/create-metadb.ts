import { run } from "../shell.ts";
import type { LabNames } from "../state.ts";
import { accountLiteral, accountStatements, literal } from "./accounts.ts";
import { identifier } from "./identifier.ts";
import { accountName } from "./kind.ts";
import { Metadb, type MetadbServerOptions } from "./metadb.ts";
import { plugInMetadb } from "./place.ts";
import { foreignDefiner, foreignObjects, ownedObjects } from "./seed/objects.ts";
import { seededDataDir } from "./template.ts";

/** Copies the seeded data directory, starts the server, makes its user and what the user owns. */
export async function createMetadb(names: LabNames, options: MetadbServerOptions): Promise<Metadb> {
  const template = await seededDataDir(options.databases, options);
  await plugInMetadb(names, options.which);
  const metadb = new Metadb(names, options);
  await run(["mkdir", "-p", metadb.server.dir]);
  await run(["cp", "-a", "--reflink=auto", template, metadb.server.dataDir]);
  await metadb.start();
  const { kind, user, password } = options;
  const { rm } = options.databases;
  const foreignDefiners = options.foreignDefiners && rm !== "";
  const { databases } = metadb;
  const name = accountName(kind, user);
  for (const statement of accountStatements({ ...options, foreignDefiners, name, rm, databases }))
    await metadb.query(statement);
  if (rm === "") return metadb;
  for (const statement of ownedObjects(rm, kind))
    await metadb.server.queryAs(user, password, `use ${identifier(rm)}; ${statement}`);
  if (!foreignDefiners) return metadb;
  const account = accountLiteral(foreignDefiner.name);
  await metadb.query(`create user ${account} identified by ${literal(foreignDefiner.password)}`);
  await metadb.query(
    `grant select, insert, update, delete, execute on ${identifier(rm)}.* to ${account}`,
  );
  for (const statement of foreignObjects(kind))
    await metadb.query(`use ${identifier(rm)}; ${statement}`);
  return metadb;
}
