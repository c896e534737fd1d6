/** Who may call or read a field at all, before assurance and freshness are checked. */
export const ACCESS_LEVELS = ['PUBLIC', 'PENDING', 'ACCOUNT', 'MEMBER', 'ORG_ADMIN', 'ADMIN', 'SERVICE'] as const
export type Access = (typeof ACCESS_LEVELS)[number]

/** Whose rules apply to a guarded field, besides its own guard. */
export const GUARD_RULES = ['ORGANIZATION', 'ACCOUNT', 'CREDENTIALS'] as const
export type GuardRule = (typeof GUARD_RULES)[number]

/** What a service key may be used for. */
export const SERVICE_SCOPES = ['AUTHENTICATE', 'READ_SUBJECTS'] as const
export type ServiceScope = (typeof SERVICE_SCOPES)[number]

export const ROLES = ['ADMIN'] as const
export type Role = (typeof ROLES)[number]
