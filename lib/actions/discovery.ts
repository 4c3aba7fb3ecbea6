"use server";

import type { ConnectionReport, Discovery, PresentedKey } from "#lib/domain/discovery.ts";
import { discover, fetchHostKey, testConnection } from "#lib/services/discovery.ts";
import { type ActionResult, act } from "./session.ts";

export async function fetchHostKeyAction(input: {
  host: string;
  port: string | number;
}): Promise<ActionResult<PresentedKey>> {
  return act((actor) => fetchHostKey(actor, input));
}

export async function testConnectionAction(
  input: unknown,
): Promise<ActionResult<ConnectionReport>> {
  return act((actor) => testConnection(actor, input));
}

export async function discoverAction(input: unknown): Promise<ActionResult<Discovery>> {
  return act((actor) => discover(actor, input));
}
