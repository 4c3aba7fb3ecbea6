import type { ReactNode } from "react";
import { LanguageSwitch } from "#components/frame/language-switch.tsx";
import { ProductMark } from "#components/frame/product-mark.tsx";
import { ThemeSwitch } from "#components/frame/theme-switch.tsx";
import { useTranslations } from "#i18n";

export interface AuthFrameProps {
  /** "Log in", "Set up Uplift" */
  title: string;
  description?: ReactNode;
  /** Below the panel: where to find help. */
  footer?: ReactNode;
  children: ReactNode;
}

/** What surrounds the pages before the log-in: the product's name, what it is, one panel. */
export function AuthFrame({ title, description, footer, children }: AuthFrameProps) {
  const t = useTranslations("frame");
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="flex justify-end p-3">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className="mx-auto flex w-full max-w-96 flex-1 flex-col gap-6 px-4 pt-[8vh] pb-16">
        <div>
          <p className="flex items-center gap-2.5 font-semibold text-xl">
            <ProductMark className="size-7" />
            Uplift
          </p>
          <p className="mt-2 text-muted text-sm">{t("whatItDoes")}</p>
        </div>
        <div className="grid gap-5 rounded-lg border bg-raised p-6">
          <header>
            <h1 className="font-semibold text-lg">{title}</h1>
            {description && <p className="text-muted text-sm">{description}</p>}
          </header>
          {children}
        </div>
        {footer && <div className="text-muted text-xs">{footer}</div>}
      </main>
    </div>
  );
}
