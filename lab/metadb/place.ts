import { createHostNetwork } from "../network.ts";
import type { LabNames } from "../state.ts";

/** Where a MetaDB server is on the lab's network: on a machine of its own, as far as the hosts can see. */
export const metadbPlaces = {
  main: { name: "metadb-main", octet: 2, index: 200 },
  second: { name: "metadb-second", octet: 3, index: 201 },
};

/** Plugs a MetaDB server's machine into the lab's bridge. It has no way out of the lab. */
export async function plugInMetadb(names: LabNames, which: "main" | "second"): Promise<void> {
  const { name, octet, index } = metadbPlaces[which];
  const address = `${names.subnet}.${octet}`;
  await createHostNetwork(names, { name, address, index }, { wayOut: false });
}
