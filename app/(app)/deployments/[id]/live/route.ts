import { answerDeployment } from "#lib/actions/answer-deployment.ts";
import { lookNow } from "#lib/services/live.ts";

/** What the nodes and the MetaDB say now, for the deployment's page. */
export const GET = answerDeployment(lookNow);
