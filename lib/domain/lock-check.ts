/** A node's check for its lock is called this and the node's id. */
export const lockCheckId = "lock.";
