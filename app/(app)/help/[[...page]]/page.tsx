import "#components/help/prose.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { helpPageOf, helpPages } from "#lib/help/pages.ts";
import { helpHtml } from "#lib/services/help.ts";

interface Props {
  params: Promise<{ page?: string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: helpPageOf((await params).page ?? [])?.title ?? "Help" };
}

export default async function HelpPage({ params }: Props) {
  await requireActor();
  const { page: path = [] } = await params;
  const page = helpPageOf(path);
  if (!page && path.length > 0) notFound();
  if (!page) return <HelpIndex />;
  return (
    <Page>
      <PageCrumbs items={[{ label: page.title }]} />
      <PageHeader title={page.title} description={page.about} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_12rem]">
        <article
          className="prose"
          // Made from the documentation of this version; its markup is escaped by the renderer.
          // biome-ignore lint/security/noDangerouslySetInnerHtml: see above.
          dangerouslySetInnerHTML={{ __html: await helpHtml(page.slug) }}
        />
        <nav aria-label="Help" className="max-lg:order-first">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:sticky lg:top-20 lg:grid lg:gap-1">
            {helpPages.map(({ slug, title }) => (
              <li key={slug}>
                <TextLink
                  href={`/help/${slug}`}
                  className={cn("no-underline", slug === page.slug && "font-medium text-fg")}
                  {...(slug === page.slug && { "aria-current": "page" as const })}
                >
                  {title}
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
  return (
    <Page>
      <PageHeader title="Help" description="The documentation of this version, without internet." />
      <ul className="grid max-w-3xl gap-px overflow-hidden rounded-lg border bg-line">
        {helpPages.map(({ slug, title, about }) => (
          <li key={slug} className="bg-raised px-4 py-3">
            <TextLink href={`/help/${slug}`} className="font-medium text-sm">
              {title}
            </TextLink>
            <p className="text-muted text-sm">{about}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
