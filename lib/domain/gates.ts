/** Before what a run can wait for an approval, in the order in which it comes there. */
export const gates = ["stop", "start", "init", "ha-on"] as const;
