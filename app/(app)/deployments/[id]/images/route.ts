import { answerDeployment } from "#lib/actions/answer-deployment.ts";
import { imagesOnNodes } from "#lib/services/live-images.ts";

/** The images on the nodes, for the wizard. */
export const GET = answerDeployment(imagesOnNodes);
