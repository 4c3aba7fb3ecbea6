import type { Lab } from "#lab/lab.ts";
import { accountLiteral, accountStatements, type MetaAccount } from "#lab/metadb/accounts.ts";
import { accountName } from "#lab/metadb/kind.ts";

/**
 * Takes all rights from the MetaDB's user and gives him others. He stays: OceanBase lets mysqldump crash on views whose
 * owner was dropped and made anew.
 */
export async function giveRights(lab: Lab, metaAccount: MetaAccount): Promise<void> {
  const { databases, password, server, user } = lab.metadb;
  const name = accountName(server.kind, user);
  const account = accountLiteral(name);
  const { foreignDefiners } = lab.options;
  await server.session(async (ask) => {
    await ask(`revoke all privileges, grant option from ${account}`);
    await ask("drop role if exists oms_operators");
    // While that is on, a grant's wildcards are none.
    if (server.kind === "mysql") await ask("set global partial_revokes = off");
    const { rm } = lab.options.databases;
    const options = { kind: server.kind, name, password, metaAccount, foreignDefiners };
    for (const statement of accountStatements({ ...options, rm, databases }))
      if (!statement.startsWith("create user")) await ask(statement);
  });
  // A session goes on with the rights it began with.
  await lab.metadb.dropConnections();
}
