import { parseArgs } from "node:util";
import { config } from "#lib/config/config.ts";
import { Role } from "#lib/domain/roles.ts";
import { createToken } from "#lib/operations/tokens.ts";
import { db } from "#lib/store/client.ts";
import { closeStore, openStore } from "#lib/store/open.ts";

// npm run token -- --name ci [--user e-mail] [--days 90 | --days never]
// Whoever can run this can read the data directory, so nothing is given away by it.
try {
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      user: { type: "string" },
      days: { type: "string", default: "90" },
    },
  });
  const { dataDir, secretKey } = config();
  await openStore(dataDir, secretKey);
  const user = await db().user.findFirst({
    where: values.user
      ? { email: values.user.trim().toLowerCase() }
      : { role: "administrator", OR: [{ banned: false }, { banned: null }] },
    orderBy: { createdAt: "asc" },
  });
  if (!user) throw new Error("There is no such user. Make the first administrator in the browser.");
  const { token } = await createToken(
    { userId: user.id, name: user.name, role: Role.parse(user.role), via: "system" },
    {
      name: values.name ?? "command line",
      expiresInDays: values.days === "never" ? null : values.days,
    },
  );
  console.error(`A token that acts as ${user.email}; it is shown this once:`);
  console.log(token);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeStore();
}
