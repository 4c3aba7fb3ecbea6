"use client";

import type { ReactNode } from "react";
import { IntlProvider, useMessages } from "use-intl/react";
import type { Locale } from "#lib/i18n/locales.ts";

/** Clocks have their own zone (components/ui/time-zone.tsx); no message has a date in it. */
const zone = "UTC";

export interface MessagesProviderProps {
  locale: Locale;
  /** Compiled, by namespace. */
  messages: Record<string, unknown>;
  children: ReactNode;
}

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
