"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
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
  const { hop, prefix = "", images, nodes, before, errors, onChange } = props;
  const image = imageOf(hop, images);
  const found = images?.images.find((one) => one.reference === image);
  const list = `images-on-nodes-${prefix}`;
  return (
    <>
      <Field
        label="Image"
        name={`${prefix}image`}
        error={errors[`${prefix}image`]}
        hint={imageHint(images, image, found?.nodes ?? 0, nodes)}
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
                  on {one.nodes} of {nodes} nodes
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Image archive on the nodes"
        name={`${prefix}imageArchive`}
        error={errors[`${prefix}imageArchive`]}
        optional
        hint="A path on every node that lacks the image; it is loaded with docker load before the outage."
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            placeholder="/data/oms_3.3.1.tar.gz"
            value={hop.imageArchive}
            onChange={(event) => onChange({ imageArchive: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Name of the new container"
        name={`${prefix}containerName`}
        error={errors[`${prefix}containerName`]}
        hint={`The same on every node. ${before} stays there, stopped: rolling back starts it again.`}
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
): string {
  if (images === undefined) return "Asking the nodes which images they have…";
  if (images === null || images.answered === 0)
    return "The nodes could not be asked for their images.";
  if (image === "")
    return "No node has an image of this version: name it, and give its archive below.";
  if (nodes === 0) return `On none of the ${all} nodes: give its archive below.`;
  if (nodes === all) return `On all ${all} nodes already.`;
  const answered = images.answered < all ? ` (${images.answered} answered)` : "";
  return `On ${nodes} of ${all} nodes${answered}: the others load it from the archive.`;
}
