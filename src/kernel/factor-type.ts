/** The ways to prove it is you. `RECOVERY_CODE` is the one for a lost factor. */
export const FACTOR_TYPES = ['TOTP', 'SMS', 'EMAIL', 'WEBAUTHN', 'PUSH', 'RECOVERY_CODE'] as const
export type FactorType = (typeof FACTOR_TYPES)[number]

/** `EXPIRED` is how an active factor is presented once its time is over; it is never stored. */
export const FACTOR_STATUSES = ['PENDING', 'ACTIVE', 'DISABLED', 'EXPIRED'] as const
export type FactorStatus = (typeof FACTOR_STATUSES)[number]

/** What to offer first: strongest, then least costly; the codes for a lost factor last. */
export const OFFER_ORDER: readonly FactorType[] = ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL', 'RECOVERY_CODE']
