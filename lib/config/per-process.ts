/**
 * A thing of which the process has one: made at the first use. Next's bundles and server.ts load each module for
 * themselves and share nothing but `globalThis`.
 *
 * @param name the same for everybody who means this thing
 */
export function perProcess<Thing>(name: string, make: () => Thing): Thing {
  const things = globalThis as { [key: symbol]: Thing | undefined };
  const key = Symbol.for(`uplift.${name}`);
  const thing = things[key] ?? make();
  things[key] = thing;
  return thing;
}
