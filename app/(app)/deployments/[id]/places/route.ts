import { answerDeployment } from "#lib/actions/answer-deployment.ts";
import { placesOf } from "#lib/services/run-places.ts";

/** Where the run that is on is, for the picture of the deployment. */
export const GET = answerDeployment(placesOf);
