import { dockerImageId, dockerLoad } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { insistJob } from "./answers.ts";
import { probeJob, type StepHandler } from "./context.ts";

/** `docker load -i` where the new image is missing; before anything is stopped. */
export const imageLoad: StepHandler<"image.load"> = {
  kind: "image.load",
  repeatable: false,
  async probe(context) {
    const { nodeId, image } = context.params;
    const present = await context.look(nodeId, dockerImageId(image));
    if (present.code === 0) return { state: "done", output: { imageId: present.stdout.trim() } };
    // Loading twice does no harm: a lost job is simply run again.
    return (await probeJob(context, nodeId)) ?? { state: "absent" };
  },
  cancel: (context) => context.cancelJob(context.params.nodeId),
  async run(context) {
    const { nodeId, archive, image } = context.params;
    const host = context.hostName(nodeId);
    const result = await insistJob(context, nodeId, dockerLoad(archive), {
      what: "The image could not be loaded",
      remedy: `Check that ${archive} on ${host} is an image archive made by docker save, and that the disk has room.`,
    });
    const present = await context.look(nodeId, dockerImageId(image));
    if (present.code !== 0) {
      throw new UpliftError(
        "image.missing",
        `${archive} on ${host} was loaded, but does not hold ${image}: ${result.stdout.trim()}`,
        {
          host,
          remedy: "Use the archive of the right release, or name the image as the archive does.",
        },
      );
    }
    return { imageId: present.stdout.trim() };
  },
};
