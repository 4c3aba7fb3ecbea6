"use server";

import {
  type InputOf,
  type OperationName,
  type OutputOf,
  operationNamed,
  type Unchecked,
} from "#lib/operations/table.ts";
import { type ActionResult, act } from "./session.ts";

/** Performs an operation for the person who is signed in: the one server action of all pages. */
export async function call<Name extends OperationName>(
  name: Name,
  input: Unchecked<InputOf<Name>>,
): Promise<ActionResult<OutputOf<Name>>> {
  return act((actor) => operationNamed(name).perform(actor, input) as Promise<OutputOf<Name>>);
}

/** As `call`, for a page that goes on to what was made and needs no more of it than its id. */
export async function callForId<Name extends OperationName>(
  name: Name,
  input: Unchecked<InputOf<Name>>,
): Promise<ActionResult<OutputOf<Name> extends { id: infer Id } ? Id : never>> {
  type Id = OutputOf<Name> extends { id: infer Id } ? Id : never;
  return act(async (actor) => {
    const made = (await operationNamed(name).perform(actor, input)) as { id: Id };
    return made.id;
  });
}
