import { storeContract } from "./contract.ts";
import { temporaryStore } from "./fixtures.ts";

storeContract("SQLite", temporaryStore);
