import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { FirstMessages } from "#components/frame/messages.tsx";
import { Providers } from "#components/frame/providers.tsx";
import { timeZoneCookie } from "#components/ui/cookies.ts";
import { validTimeZone } from "#components/ui/format.ts";
import { getLocale, getTranslations } from "#lib/i18n/server.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: "Uplift", template: "%s · Uplift" },
    description: t("description"),
    icons: { icon: "/icon.svg" },
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** `proxy.ts` gives every response a nonce and passes it on in this header. */
const nonceHeader = "x-nonce";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader);
  const zone = (await cookies()).get(timeZoneCookie)?.value;
  return (
    // next-themes sets the class of <html> before React sees it.
    <html
      lang={await getLocale()}
      suppressHydrationWarning
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body className="font-sans">
        <FirstMessages>
          <Providers zone={validTimeZone(zone)} {...(nonce !== null && { nonce })}>
            {children}
          </Providers>
        </FirstMessages>
      </body>
    </html>
  );
}
