/** Who may call or read a field at all, before assurance and freshness are asked. */
export const ACCESS_LEVELS = ['PUBLIC', 'PENDING', 'ACCOUNT', 'MEMBER', 'ORG_ADMIN', 'ADMIN', 'SERVICE'] as const
export type Access = (typeof ACCESS_LEVELS)[number]

export const ROLES = ['ADMIN'] as const
export type Role = (typeof ROLES)[number]
