import { answerDeployment } from "#lib/actions/answer-deployment.ts";
import { preflightProgress } from "#lib/services/preflights.ts";

/** How far the preflight is that is under way; null: none is. */
export const GET = answerDeployment(async (actor, id) => preflightProgress(actor, id));
