import type { ReactNode } from "react";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import type { Namespace } from "#lib/i18n/messages/en.ts";
import { getLocale } from "#lib/i18n/server.ts";
import { FirstMessagesProvider, MoreMessagesProvider } from "./messages-provider.tsx";

/** What every page's client components may use without asking. */
const everywhere: readonly Namespace[] = ["ui", "words", "frame", "auth", "locks"];

export interface MessagesProps {
  /** The namespaces that the client components inside use, apart from those of every page. */
  of: readonly Namespace[];
  children: ReactNode;
}

/** Sends the browser the messages of a page: only what its client components need. */
export async function Messages({ of, children }: MessagesProps) {
  const locale = await getLocale();
  return (
    <MoreMessagesProvider locale={locale} messages={pick(locale, of)}>
      {children}
    </MoreMessagesProvider>
  );
}

/** The language and the messages of every page. */
export async function FirstMessages({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <FirstMessagesProvider locale={locale} messages={pick(locale, everywhere)}>
      {children}
    </FirstMessagesProvider>
  );
}

function pick(locale: Parameters<typeof compiledMessages>[0], of: readonly Namespace[]) {
  return Object.fromEntries(of.map((name) => [name, compiledMessages(locale, name)]));
}
