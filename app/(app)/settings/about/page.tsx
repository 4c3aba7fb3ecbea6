import { KeyValues } from "#components/ui/key-values.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { config } from "#lib/config/config.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getCatalogue } from "#lib/operations/plans.ts";
import product from "../../../../package.json" with { type: "json" };

export const generateMetadata = pageTitle("about");

export default async function AboutPage() {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const catalogue = await getCatalogue(actor);
  const newest = catalogue.releases.at(-1)?.version ?? null;
  return (
    <Section title={t("aboutUplift")}>
      <KeyValues
        items={[
          { label: t("version"), value: product.version, mono: true },
          {
            label: t("catalogue"),
            value: t("catalogueFacts", {
              version: catalogue.version,
              count: catalogue.releases.length,
              newest: newest ?? "—",
            }),
          },
          ...(actor.role === "administrator"
            ? [
                { label: t("address"), value: config().origin, mono: true },
                { label: t("dataDirectory"), value: config().dataDir, mono: true },
                { label: "Node.js", value: process.versions.node, mono: true },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
