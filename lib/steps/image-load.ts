import { dockerImageId, dockerLoad } from "#lib/commands/docker.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { commandFailed, insistJob } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";

/** `docker load -i` where the new image is missing; before anything is stopped. */
export const imageLoad: StepHandler<"image.load"> = {
  kind: "image.load",
  repeatable: false,
  async probe(context) {
    const { nodeId, image } = context.params;
    const job = await probeJob(context, nodeId);
    if (job?.state === "attach") return job;
    // Loading twice does no harm: a job that was lost, or never began, is run again unless the image is there.
    const imageId = await imageIdOf(context, image);
    return imageId === null ? { state: "absent" } : { state: "done", output: { imageId } };
  },
  cancel: (context) => context.cancelJob(context.params.nodeId),
  async run(context) {
    const { nodeId, archive, image } = context.params;
    const host = context.hostName(nodeId);
    const result = await insistJob(context, nodeId, dockerLoad(archive), {
      what: "The image could not be loaded",
      remedy: `Check that ${archive} on ${host} is an image archive made by docker save, and that the disk has room.`,
    });
    const imageId = await imageIdOf(context, image);
    if (imageId === null) {
      throw new UpliftError(
        "image.missing",
        `${archive} on ${host} was loaded, but does not hold ${image}: ${result.stdout.trim()}`,
        {
          host,
          remedy: "Use the archive of the right release, or name the image as the archive does.",
        },
      );
    }
    return { imageId };
  },
};

/** The image that a reference names on the node, or null when there is none. @throws UpliftError */
async function imageIdOf(
  context: StepContext<"image.load">,
  image: string,
): Promise<string | null> {
  const { nodeId } = context.params;
  const host = context.hostName(nodeId);
  const command = dockerImageId(image);
  const present = await context.look(nodeId, command);
  if (present.code === 0) return present.stdout.trim();
  if (/no such (image|object)/i.test(present.stderr)) return null;
  throw commandFailed(host, command, present, {
    code: present.code === 127 ? "docker.missing" : "docker.unresponsive",
    what: "Docker gave no answer",
    remedy: `Check that Docker is installed and runs on ${host} (systemctl status docker).`,
  });
}
