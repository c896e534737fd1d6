/** The ways to prove it is you. `RECOVERY_CODE` replaces a lost factor. */
export const FACTOR_TYPES = ['TOTP', 'SMS', 'EMAIL', 'WEBAUTHN', 'PUSH', 'RECOVERY_CODE'] as const
export type FactorType = (typeof FACTOR_TYPES)[number]

/** `EXPIRED` is how an active factor is presented after it expires; it is never stored. */
export const FACTOR_STATUSES = ['PENDING', 'ACTIVE', 'DISABLED', 'EXPIRED'] as const
export type FactorStatus = (typeof FACTOR_STATUSES)[number]

/** The order in which factors are offered: strongest first, then cheapest, recovery codes last. */
export const OFFER_ORDER: readonly FactorType[] = ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL', 'RECOVERY_CODE']
