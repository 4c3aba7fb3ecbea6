"use server";

import type { ConnectionReport, Discovery, PresentedKey } from "#lib/domain/discovery.ts";
import { discover, fetchHostKey, testBastion, testConnection } from "#lib/services/discovery.ts";
import { type ActionResult, act } from "./session.ts";

export async function fetchHostKeyAction(input: unknown): Promise<ActionResult<PresentedKey>> {
  return act((actor) => fetchHostKey(actor, input));
}

export async function testBastionAction(input: unknown): Promise<ActionResult<{ user: string }>> {
  return act((actor) => testBastion(actor, input));
}

export async function testConnectionAction(
  input: unknown,
): Promise<ActionResult<ConnectionReport>> {
  return act((actor) => testConnection(actor, input));
}

export async function discoverAction(input: unknown): Promise<ActionResult<Discovery>> {
  return act((actor) => discover(actor, input));
}
