"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";
import type { Translator } from "#lib/i18n/types.ts";
import type { HopForm } from "./target.ts";
import type { Images } from "./use-images.ts";

export interface HopFieldsProps {
  hop: HopForm;
  /** What stands in front of the fields' names: "via.0." */
  prefix?: string;
  images: Images | null | undefined;
  /** Nodes of the deployment. */
  nodes: number;
  /** The container that this one takes the place of. */
  before: string;
  errors: Record<string, string>;
  onChange: (part: Partial<HopForm>) => void;
}

/** The image that is named, or the one that the nodes have of this version. */
export function imageOf(hop: HopForm, images: Images | null | undefined): string {
  const fitting = images?.images.find((image) => image.version === hop.version);
  return hop.image || (fitting?.reference ?? "");
}

/** How one release is installed: its image, where it is loaded from, and its containers' name. */
export function HopFields(props: HopFieldsProps) {
  const t = useTranslations("wizard");
  const { hop, prefix = "", images, nodes, before, errors, onChange } = props;
  const image = imageOf(hop, images);
  const found = images?.images.find((one) => one.reference === image);
  const list = `images-on-nodes-${prefix}`;
  return (
    <>
      <Field
        label={t("image")}
        name={`${prefix}image`}
        error={errors[`${prefix}image`]}
        hint={imageHint(images, image, found?.nodes ?? 0, nodes, t)}
      >
        {(control) => (
          <>
            <Input
              {...control}
              mono
              autoComplete="off"
              list={list}
              placeholder="repository/oms:feature_3.3.1-ce"
              value={image}
              onChange={(event) => onChange({ image: event.target.value })}
            />
            <datalist id={list}>
              {images?.images.map((one) => (
                <option key={one.reference} value={one.reference}>
                  {t("onOfNodes", { nodes: one.nodes, all: nodes })}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label={t("imageArchiveOnTheNodes")}
        name={`${prefix}imageArchive`}
        error={errors[`${prefix}imageArchive`]}
        optional
        hint={t("archiveHint")}
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            placeholder={`/data/oms_${hop.version}.tar.gz`}
            value={hop.imageArchive}
            onChange={(event) => onChange({ imageArchive: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t("nameOfTheNewContainer")}
        name={`${prefix}containerName`}
        error={errors[`${prefix}containerName`]}
        hint={t("containerHint", { before })}
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            value={hop.containerName}
            onChange={(event) => onChange({ containerName: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function imageHint(
  images: { answered: number } | null | undefined,
  image: string,
  nodes: number,
  all: number,
  t: Translator<"wizard">,
): string {
  if (images === undefined) return t("askingForImages");
  if (images === null || images.answered === 0) return t("imagesUnknown");
  if (image === "") return t("noImage");
  if (nodes === 0) return t("onNone", { all });
  if (nodes === all) return t("onAll", { all });
  return t("onSome", {
    nodes,
    all,
    some: String(images.answered < all),
    answered: images.answered,
  });
}
