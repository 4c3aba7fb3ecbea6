import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { PlanId } from "#lib/domain/ids.ts";
import { estimatePlan } from "#lib/services/measured.ts";

/** How long OMS will be out, with the parts, and where each number is from; null without an outage. */
export const GET = endpoint<{ planId: string }>(({ actor, params }) =>
  estimatePlan(actor, idParam(PlanId, params.planId)),
);
