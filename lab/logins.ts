import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Login } from "./host/disk.ts";
import type { LabOptions } from "./options.ts";
import { run } from "./shell.ts";
import type { LabNames } from "./state.ts";

/** A key pair and a password for each of the users all hosts have. The keys are in the lab's `keys` folder. */
export async function createLogins(
  names: LabNames,
  options: LabOptions,
): Promise<{ root: Login; admin: Login }> {
  const dir = join(names.stateDir, "keys");
  mkdirSync(dir, { mode: 0o700 });
  const create = async (user: string, password: string): Promise<Login> => {
    const file = join(dir, user);
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", `${user}@lab`, "-f", file]);
    const hash = await run(["openssl", "passwd", "-6", "-stdin"], { input: `${password}\n` });
    return { passwordHash: hash.trim(), publicKey: readFileSync(`${file}.pub`, "utf8").trim() };
  };
  return {
    root: await create("root", options.rootPassword),
    admin: await create("admin", options.adminPassword),
  };
}
