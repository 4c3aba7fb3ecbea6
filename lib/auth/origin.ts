import { type Config, config } from "#lib/config/config.ts";

/**
 * Whether a request with this Origin comes from our own pages; for sockets and sign-in.
 *
 * With UPLIFT_URL only that origin is ours. Without it the dashboard is reached under whatever name
 * the machine has, and a page is ours when the browser says it loaded it from the host it talks to.
 */
export function isOwnOrigin(
  origin: string | null | undefined,
  host: string | null | undefined,
  settings: Pick<Config, "origin" | "behindProxy"> = config(),
): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const given = new URL(origin);
  if (given.origin === settings.origin) return true;
  return !settings.behindProxy && given.protocol === "http:" && given.host === host;
}
