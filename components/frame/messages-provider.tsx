"use client";

import { type ReactNode, useMemo } from "react";
import { IntlProvider, useMessages } from "use-intl/react";
import { SaidContext } from "#lib/i18n/client.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { asIs, type Pair, sayer } from "#lib/i18n/said.ts";

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

/** What the core says, for what stands inside. */
export function SaidProvider({ pairs, children }: { pairs: readonly Pair[]; children: ReactNode }) {
  const said = useMemo(() => (pairs.length === 0 ? asIs : sayer(pairs)), [pairs]);
  return <SaidContext value={said}>{children}</SaidContext>;
}
