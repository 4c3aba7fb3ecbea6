// Run by lab/setup.sh: fetches the server that a lab will want. Where it cannot be had, the lab says so when it starts.
import { metadbToHand } from "./to-hand.ts";

await metadbToHand(() => undefined);
