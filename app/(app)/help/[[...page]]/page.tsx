import { useSaid, useTranslations } from "#i18n";
import { getLocale, getSaid, getTranslations } from "#lib/i18n/server.ts";
import "#components/help/prose.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { helpPageOf, helpPages } from "#lib/help/pages.ts";
import { helpPage } from "#lib/operations/help.ts";

interface Props {
  params: Promise<{ page?: string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("app");
  return { title: helpPageOf((await params).page ?? [])?.title ?? t("help") };
}

export default async function HelpPage({ params }: Props) {
  const t = await getTranslations("app");
  const said = await getSaid();
  const actor = await requireActor();
  const { page: path = [] } = await params;
  const page = helpPageOf(path);
  if (!page && path.length > 0) notFound();
  if (!page) return <HelpIndex />;
  const wanted = await getLocale();
  const { html, language } = await helpPage(actor, { slug: page.slug, wanted });
  return (
    <Page>
      <PageCrumbs items={[{ label: said(page.title) }]} />
      <PageHeader title={said(page.title)} description={said(page.about)} />
      {language !== wanted && <Notice title={t("onlyInEnglish")} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_12rem]">
        <article
          className="prose"
          lang={language}
          // Made from the documentation of this version; its markup is escaped by the renderer.
          // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
          dangerouslySetInnerHTML={{ __html: html }}
        />
        <nav aria-label={t("help")} className="max-lg:order-first">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:sticky lg:top-20 lg:grid lg:gap-1">
            {helpPages.map(({ slug, title }) => (
              <li key={slug}>
                <TextLink
                  href={`/help/${slug}`}
                  className={cn("no-underline", slug === page.slug && "font-medium text-fg")}
                  {...(slug === page.slug && { "aria-current": "page" as const })}
                >
                  {said(title)}
                </TextLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </Page>
  );
}

function HelpIndex() {
  const said = useSaid();
  const t = useTranslations("app");
  return (
    <Page>
      <PageHeader title={t("help")} description={t("helpHint")} />
      <ul className="grid max-w-3xl gap-px overflow-hidden rounded-lg border bg-line">
        {helpPages.map(({ slug, title, about }) => (
          <li key={slug} className="bg-raised px-4 py-3">
            <TextLink href={`/help/${slug}`} className="font-medium text-sm">
              {said(title)}
            </TextLink>
            <p className="text-muted text-sm">{said(about)}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
