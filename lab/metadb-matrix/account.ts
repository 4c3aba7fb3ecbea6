import type { Lab } from "#lab/lab.ts";
import { accountLiteral, accountStatements, type MetaAccount } from "#lab/metadb/accounts.ts";
import { accountName } from "#lab/metadb/kind.ts";

/** Makes the MetaDB's user anew with other rights, by the same name and password, as OMS and its objects know him. */
export async function giveRights(lab: Lab, metaAccount: MetaAccount): Promise<void> {
  const { databases, password, server, user } = lab.metadb;
  const name = accountName(server.kind, user);
  const account = accountLiteral(name);
  const { foreignDefiners } = lab.options;
  await server.session(async (ask) => {
    await ask(`drop user ${account}`);
    await ask("drop role if exists oms_operators");
    // While that is on, a grant's wildcards are none.
    if (server.kind === "mysql") await ask("set global partial_revokes = off");
    const { rm } = lab.options.databases;
    const options = { kind: server.kind, name, password, metaAccount, foreignDefiners };
    for (const statement of accountStatements({ ...options, rm, databases })) await ask(statement);
  });
  // A session goes on with the rights it began with.
  await lab.metadb.dropConnections();
}
