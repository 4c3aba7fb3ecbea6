import type { ComponentType, ReactNode } from "react";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { everywhere } from "#lib/i18n/everywhere.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { core } from "#lib/i18n/messages/en/core.ts";
import type { Namespace } from "#lib/i18n/messages/en.ts";
import { saidPairs } from "#lib/i18n/said-pairs.ts";
import { getLocale } from "#lib/i18n/server.ts";
import { FirstMessagesProvider, MoreMessagesProvider, SaidProvider } from "./messages-provider.tsx";

interface MessagesProps {
  /** The namespaces that the client components inside use, apart from those of every page. */
  of: readonly Namespace[];
  children: ReactNode;
}

/** Sends the browser the messages of a page: only what its client components need. */
async function Messages({ of, children }: MessagesProps) {
  const locale = await getLocale();
  const more = (
    <MoreMessagesProvider locale={locale} messages={pick(locale, of)}>
      {children}
    </MoreMessagesProvider>
  );
  if (!of.includes("said")) return more;
  return (
    <SaidProvider locale={locale} pairs={saidPairs(locale)} core={pick(locale, areas)}>
      {more}
    </SaidProvider>
  );
}

/** A page or a layout with the messages that its client components use. */
export function withMessages<Props extends object>(
  of: readonly Namespace[],
  Content: ComponentType<Props> | ((props: Props) => Promise<ReactNode>),
): (props: Props) => ReactNode {
  const Inside = Content as ComponentType<Props>;
  return (props) => (
    <Messages of={of}>
      <Inside {...props} />
    </Messages>
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

const areas = Object.keys(core) as (keyof typeof core)[];

function pick(locale: Locale, of: readonly Namespace[]) {
  const compiled = of.filter((name) => name !== "said");
  return Object.fromEntries(compiled.map((name) => [name, compiledMessages(locale, name)]));
}
