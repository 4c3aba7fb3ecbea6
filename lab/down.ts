import { downAll } from "./remove.ts";

const removed = await downAll();
console.log(removed.length === 0 ? "no lab was there" : `removed lab ${removed.join(", ")}`);
