import { run } from "../shell.ts";
import type { LabNames } from "../state.ts";
import { accountLiteral, accountStatements, literal } from "./accounts.ts";
import { identifier } from "./identifier.ts";
import { accountName, type MetadbKind } from "./kind.ts";
import { Metadb, type MetadbServerOptions } from "./metadb.ts";
import { plugInMetadb } from "./place.ts";
import { foreignDefiner, foreignObjects, ownedObjects } from "./seed/objects.ts";
import type { Ask } from "./server.ts";
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
  await metadb.server.session(async (ask) => {
    const account = { ...options, foreignDefiners, name, rm, databases };
    for (const statement of accountStatements(account)) await ask(statement);
  });
  if (rm === "") return metadb;
  for (const statement of ownedObjects(rm, kind, name))
    await metadb.server.queryAs(user, password, `use ${identifier(rm)}; ${statement}`);
  if (foreignDefiners) await metadb.server.session((ask) => makeForeignObjects(ask, rm, kind));
  return metadb;
}

async function makeForeignObjects(ask: Ask, rm: string, kind: MetadbKind): Promise<void> {
  const account = accountLiteral(foreignDefiner.name);
  const db = identifier(rm);
  await ask(`create user ${account} identified by ${literal(foreignDefiner.password)}`);
  await ask(`grant select, insert, update, delete, execute on ${db}.* to ${account}`);
  for (const statement of foreignObjects(kind)) await ask(`use ${db}; ${statement}`);
}
