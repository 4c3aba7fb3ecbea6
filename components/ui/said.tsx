import { useSaid } from "#i18n";
import type { Text } from "#lib/domain/message.ts";

/** What the core says, in the person's language. */
export function Said({ children }: { children: Text }) {
  return useSaid()(children);
}
