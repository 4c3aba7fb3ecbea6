import { createAdministrator, ensureSetupToken } from "#lib/operations/setup.ts";
import { createToken } from "#lib/operations/tokens.ts";
import { db } from "#lib/store/client.ts";
import { closeStore, openStore } from "#lib/store/open.ts";

/**
 * Makes the administrator of a fresh data directory and prints an API token: what a person does in
 * the browser, for tests that talk to the API. Arguments: data directory, name, e-mail, password.
 */
const [dataDir = "", name = "", email = "", password = ""] = process.argv.slice(2);

await openStore(dataDir);
const token = await ensureSetupToken();
if (token !== null) await createAdministrator({ token, name, email, password }, new Headers());
const user = await db().user.findFirstOrThrow();
const actor = { userId: user.id, name: user.name, role: "administrator", via: "session" } as const;
const made = await createToken(actor, { name: `tests ${Date.now()}` });
await closeStore();
process.stdout.write(`${made.token}\n`);
