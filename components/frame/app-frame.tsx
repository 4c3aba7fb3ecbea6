import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { BottomBar } from "#components/frame/bottom-bar.tsx";
import { CommandPalette } from "#components/frame/command-palette.tsx";
import { KeepFocus } from "#components/frame/keep-focus.tsx";
import { LanguageSwitch } from "#components/frame/language-switch.tsx";
import { TopBarCrumbs } from "#components/frame/page-crumbs.tsx";
import { type FrameUser, PersonMenu } from "#components/frame/person-menu.tsx";
import { ProductMark } from "#components/frame/product-mark.tsx";
import { Rail } from "#components/frame/rail.tsx";
import { ThemeSwitch } from "#components/frame/theme-switch.tsx";
import { railCookie } from "#components/ui/cookies.ts";
import { getTranslations } from "#lib/i18n/server.ts";

export interface AppFrameProps {
  user: FrameUser;
  /** An `ActiveRunBar`, while a run is on. */
  activeRun?: ReactNode;
  children: ReactNode;
}

/** What surrounds every page of a logged-in person. The page itself scrolls, not a part of it. */
export async function AppFrame({ user, activeRun, children }: AppFrameProps) {
  const t = await getTranslations("frame");
  const folded = (await cookies()).get(railCookie)?.value === "folded";
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 font-medium text-accent-contrast not-focus:sr-only"
      >
        {t("skipToThePage")}
      </a>
      <div className="sticky top-0 z-40">{activeRun}</div>
      <div className="flex min-h-[calc(100dvh-var(--run-bar))]">
        <Rail initiallyFolded={folded} />
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="sticky top-(--run-bar) z-30 flex h-(--top-bar) items-center gap-2 border-b bg-surface pr-3 pl-4 sm:pl-6">
            <ProductMark className="mr-1 shrink-0 sm:hidden" />
            <TopBarCrumbs />
            <CommandPalette />
            <LanguageSwitch />
            <ThemeSwitch />
            <PersonMenu user={user} />
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="flex-1 px-4 pt-5 pb-24 outline-none sm:px-6 sm:pb-10"
          >
            {children}
          </main>
          <Suspense>
            <KeepFocus />
          </Suspense>
        </div>
      </div>
      <BottomBar />
    </>
  );
}
