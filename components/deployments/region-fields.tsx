"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useTranslations } from "#i18n";
import { BastionFields } from "./bastion-fields.tsx";
import { TextField, useForm } from "./form-context.tsx";
import { emptyBastion, emptyNode, emptyServer, type RegionForm } from "./form-model.ts";
import { NodeFields } from "./node-fields.tsx";
import { ServerFields } from "./server-fields.tsx";
import { TlsFields } from "./tls-fields.tsx";

export interface RegionFieldsProps {
  index: number;
  region: RegionForm;
}

/** One region with its nodes. */
export function RegionFields({ index, region }: RegionFieldsProps) {
  const t = useTranslations("deployments");
  const { form, set, errors, credentials, addCredential, patchRegion } = useForm();
  const path = `regions.${index}`;
  const name = region.name || t("regionNumberLower", { index: index + 1 });
  return (
    <fieldset
      aria-label={t("regionNamed", { name })}
      className="grid min-w-0 gap-4 rounded-lg border bg-raised p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold text-base">
          {region.name || t("regionNumberUpper", { index: index + 1 })}
        </h3>
        <Button
          size="sm"
          variant="ghost"
          disabled={form.regions.length === 1}
          onClick={() =>
            set(
              "regions",
              form.regions.filter((_, at) => at !== index),
            )
          }
        >
          <Trash2 aria-hidden="true" />
          {t("remove", { name })}
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-6">
        <TextField
          path={`${path}.name`}
          label={t("regionName")}
          hint="cm_region"
          className="lg:col-span-2"
        />
        <TextField
          path={`${path}.location`}
          label={t("location")}
          mono
          inputMode="numeric"
          hint={t("locationHint")}
        />
        <TextField
          path={`${path}.cmUrl`}
          label={t("cmAddress")}
          mono
          hint={t("cmAddressHint")}
          className="lg:col-span-3"
        />
        <TextField
          path={`${path}.heartbeatDatabase`}
          label={t("heartbeatDatabase")}
          mono
          hint="drc_cm_heartbeat_db"
          className="lg:col-span-3"
        />
        <div className="grid content-center gap-2 sm:col-span-2 lg:col-span-3">
          <Checkbox
            label={t("defaultRegion")}
            hint={t("defaultRegionHint")}
            checked={region.isDefault}
            onCheckedChange={() =>
              set(
                "regions",
                form.regions.map((one, at) => ({ ...one, isDefault: at === index })),
              )
            }
          />
          <Checkbox
            label={t("heartbeatDatabaseOnAnotherServer")}
            checked={region.heartbeatServer !== null}
            onCheckedChange={(on) =>
              set(`${path}.heartbeatServer`, on === true ? emptyServer() : null)
            }
          />
          <Checkbox
            label={t("reachTheNodesThroughA")}
            checked={region.bastion !== null}
            onCheckedChange={(on) => set(`${path}.bastion`, on === true ? emptyBastion() : null)}
          />
        </div>
        {region.heartbeatServer && (
          <>
            <ServerFields path={`${path}.heartbeatServer`} />
            <TlsFields path={`${path}.heartbeatServer.tls`} />
          </>
        )}
        {region.bastion && (
          <BastionFields
            path={`${path}.bastion`}
            bastion={region.bastion}
            onChange={(change) =>
              patchRegion(region.key, (now) => ({
                ...now,
                bastion: now.bastion && change(now.bastion),
              }))
            }
            {...{ errors, credentials }}
            onCredential={addCredential}
            className="sm:col-span-2 lg:col-span-6"
          />
        )}
      </div>
      {region.nodes.map((node, at) => (
        <NodeFields
          key={node.key}
          path={`${path}.nodes.${at}`}
          node={node}
          label={t("nodeOf", { at: at + 1, name })}
          bastion={region.bastion}
          onRemove={() =>
            set(
              `${path}.nodes`,
              region.nodes.filter((_, one) => one !== at),
            )
          }
        />
      ))}
      <div className="border-t pt-4">
        <Button
          size="sm"
          onClick={() => set(`${path}.nodes`, [...region.nodes, emptyNode(region.nodes.at(-1))])}
        >
          <Plus aria-hidden="true" />
          {t("addANodeTo", { name })}
        </Button>
      </div>
    </fieldset>
  );
}
