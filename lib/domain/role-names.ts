/** From least to most (docs/security.md). */
export const roleNames = ["viewer", "operator", "approver", "administrator"] as const;
