import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { PlanId } from "#lib/domain/ids.ts";
import { getPlan } from "#lib/services/plans.ts";

/** A plan with its checks. */
export const GET = endpoint<{ planId: string }>(({ actor, params }) =>
  getPlan(actor, idParam(PlanId, params.planId)),
);
