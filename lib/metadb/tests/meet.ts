import { UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { TlsMaterial } from "#lib/domain/server-login.ts";
import type { TlsMode } from "#lib/domain/tls-modes.ts";
import { english } from "#lib/i18n/english.ts";
import { connectSql } from "../connect.ts";
import type { SessionSecurity } from "../types.ts";
import { channelTo } from "./channel.ts";
import { type RogueOptions, RogueServer } from "./rogue-server.ts";

export const password = "Only-for-the-MetaDB-7";

export interface Meeting {
  /** How the session was secured, or the code of the error that there was in its place. */
  outcome: SessionSecurity | string;
  /** What the error said. */
  message?: string;
  remedy?: string;
  /** Whether the server has the password. */
  knows: boolean;
}

/** Logs in to a rogue that is registered under a name. */
export async function meet(
  options: RogueOptions,
  tls: Partial<TlsMaterial> & { mode: TlsMode },
  host = "127.0.0.1",
): Promise<Meeting> {
  const rogue = new RogueServer(options);
  const port = await rogue.listen();
  try {
    const session = await connectSql({
      server: { host, port, user: "oms" },
      password: new Secret(password),
      tls: { ...{ ca: null, certificate: null, key: null, publicKey: null }, ...tls },
      stream: await channelTo(port),
      via: "hz-1",
      timeoutMs: 5_000,
    });
    await session.close();
    return { outcome: session.secured, knows: rogue.knows(password) };
  } catch (error) {
    if (!(error instanceof UpliftError)) throw error;
    const { code: outcome, message } = error;
    const remedy = english(error.remedy);
    return { outcome, message, remedy, knows: rogue.knows(password) };
  } finally {
    rogue.close();
  }
}
