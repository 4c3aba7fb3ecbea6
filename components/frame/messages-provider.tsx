"use client";

import { type ReactNode, useMemo } from "react";
import { IntlProvider, useMessages } from "use-intl/react";
import { SaidContext } from "#lib/i18n/client.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { renderer } from "#lib/i18n/render.ts";
import { asIs, type Pair, type Said, sayer } from "#lib/i18n/said.ts";

export interface MessagesProviderProps {
  locale: Locale;
  /** Compiled, by namespace. */
  messages: Record<string, unknown>;
  children: ReactNode;
}

/** Clocks have their own zone (components/ui/time-zone.tsx); no message has a date in it. */
const zone = "UTC";

/** The messages of the whole dashboard: the first provider. */
export function FirstMessagesProvider({ locale, messages, children }: MessagesProviderProps) {
  return (
    <IntlProvider locale={locale} timeZone={zone} messages={messages as never}>
      {children}
    </IntlProvider>
  );
}

/** More messages for what stands inside, above those from outside. */
export function MoreMessagesProvider({ locale, messages, children }: MessagesProviderProps) {
  const outer = useMessages();
  return (
    <IntlProvider locale={locale} timeZone={zone} messages={{ ...outer, ...messages } as never}>
      {children}
    </IntlProvider>
  );
}

export interface SaidProviderProps {
  locale: Locale;
  pairs: readonly Pair[];
  /** The core's messages, compiled, by area. */
  core: Record<string, Record<string, unknown>>;
  children: ReactNode;
}

/** What the core says, for what stands inside. */
export function SaidProvider({ locale, pairs, core, children }: SaidProviderProps) {
  const said = useMemo((): Said => {
    const plain = pairs.length === 0 ? asIs : sayer(pairs);
    const render = renderer(locale, (code) => {
      const [area = "", key = ""] = code.split(".");
      return core[area]?.[key] as never;
    });
    return (text) => (typeof text === "string" ? plain(text) : render(text));
  }, [locale, pairs, core]);
  return <SaidContext value={said}>{children}</SaidContext>;
}
