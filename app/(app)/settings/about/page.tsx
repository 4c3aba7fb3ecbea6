import type { Metadata } from "next";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { config } from "#lib/config/config.ts";
import { siteCatalogue } from "#lib/services/site-catalogue.ts";
import product from "../../../../package.json" with { type: "json" };

export const metadata: Metadata = { title: "About" };

export default async function AboutPage() {
  const { role } = await requireActor();
  const catalogue = siteCatalogue();
  const newest = catalogue.releases.at(-1)?.version ?? null;
  return (
    <Section title="About Uplift">
      <KeyValues
        items={[
          { label: "Version", value: product.version, mono: true },
          {
            label: "Catalogue",
            value: `${catalogue.version}, ${catalogue.releases.length} OMS releases up to ${newest}`,
          },
          ...(role === "administrator"
            ? [
                { label: "Address", value: config().origin, mono: true },
                { label: "Data directory", value: config().dataDir, mono: true },
                { label: "Node.js", value: process.versions.node, mono: true },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
