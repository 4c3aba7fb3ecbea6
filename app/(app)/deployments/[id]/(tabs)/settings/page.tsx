import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { KeyValues } from "#components/ui/key-values.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { regionsInOrder } from "#lib/domain/regions.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";

export const generateMetadata = pageTitle("settingsOfADeployment");

export default async function DeploymentSettingsPage({
  params,
}: {
  params: Promise<{ id: string }>;
}) {
  const t = await getTranslations("app");
  const words = await getTranslations("deployments");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, { deploymentId: id }));
  const { settings, metadb } = deployment;
  return (
    <>
      <Section
        title={t("howUpgradesAreDoneHere")}
        actions={
          roleMay(actor.role, "inventory.change") && (
            <LinkButton href={`/deployments/${id}/edit`} size="sm">
              {t("edit")}
            </LinkButton>
          )
        }
      >
        <Panel>
          <KeyValues
            items={[
              { label: t("haIsSwitchedBy"), value: t(`haWays.${settings.haWay}`) },
              {
                label: t("consoleAfterHa"),
                value: settings.restartConsoleAfterHa ? t("isRestarted") : t("isLeft"),
              },
              {
                label: t("refetchMargin"),
                value: t("minutes", { count: settings.refetchMarginMin }),
              },
              {
                label: t("healthyWithin"),
                value: t("minutes", { count: settings.healthTimeoutMin }),
              },
              { label: t("dumpsIn"), value: settings.backupDirectory, mono: true },
              ...(settings.unknownMetadb === "refuse"
                ? []
                : [
                    {
                      label: words("unknownMetadb"),
                      value: words(`unknownMetadbs.${settings.unknownMetadb}`),
                    },
                  ]),
            ]}
          />
        </Panel>
      </Section>
      <Section title={t("whatIsRegistered")}>
        <Panel>
          <KeyValues
            items={[
              {
                label: "MetaDB",
                value: t("userAt", { user: metadb.user, server: `${metadb.host}:${metadb.port}` }),
                mono: true,
              },
              { label: "rm, cm", value: `${metadb.rmDatabase}, ${metadb.cmDatabase}`, mono: true },
              ...regionsInOrder(deployment).map((region) => ({
                label: region.name,
                value: t("regionFacts", {
                  nodes: region.nodes.length,
                  cmUrl: region.cmUrl,
                  database: region.heartbeatDatabase,
                }),
              })),
              { label: t("revision"), value: String(deployment.revision) },
              {
                label: t("whoChangedIt"),
                value: (
                  <TextLink href={`/audit?type=deployment&id=${id}`}>
                    {t("auditOfThisDeployment")}
                  </TextLink>
                ),
              },
            ]}
          />
        </Panel>
      </Section>
    </>
  );
}
