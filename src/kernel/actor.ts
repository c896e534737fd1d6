import type { FactorProof } from './assurance.js'
import type { Role, ServiceScope } from './access.js'
import type { AccountId, DeviceId, FactorId, OrganizationId, ServiceKeyId, SessionId } from './ids.js'
import type { FactorStatus, FactorType } from './factor-type.js'
import type { Memberships } from './membership.js'
import type { MfaRules } from './mfa-rule.js'

/** What may be said about a factor: everything but its secret. */
export interface FactorSummary {
  readonly id: FactorId
  readonly type: FactorType
  readonly name: string
  readonly status: FactorStatus
  readonly createdAt: Date
  readonly activatedAt: Date | null
  readonly lastUsedAt: Date | null
  /** Single-use codes left; null for factors that do not run out. */
  readonly codesLeft: number | null
  /** Where messages to it go, masked, such as `+1 ••• ••67`; null for factors nothing is sent to. */
  readonly hint: string | null
  /** When it stops to count; null: never. */
  readonly expiresAt: Date | null
}

/** Whether its time is over: it proves nothing any more, and its owner is told why (R047). */
export const isExpired = ({ expiresAt }: Pick<FactorSummary, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now

/** A proof that counts for one operation only (`withinSeconds: 0`), until it is spent. */
export interface OperationProof {
  readonly operationHash: string
  readonly proof: FactorProof
}

export interface Anonymous {
  readonly kind: 'anonymous'
  /** Set when the credential was genuine until a newer one of its session was used. */
  readonly isReplaced?: true
}

export interface SessionActor {
  readonly kind: 'session'
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly deviceId: DeviceId | null
  /** `pending` until the second factor is done, then `active`. */
  readonly state: 'pending' | 'active'
  /** While pending: the factors that may finish this sign-in, as its risk left them; null: every one of the account. */
  readonly admits: readonly FactorId[] | null
  /** While pending: an organization has to be chosen before anything else. */
  readonly choosing: boolean
  readonly roles: readonly Role[]
  /** The last active first-factor authentication (`auth_time` before any step-up). */
  readonly signedInAt: Date
  readonly proofs: readonly FactorProof[]
  readonly operationProof: OperationProof | null
  /** All factors of the account, pending and disabled ones too. */
  readonly factors: readonly FactorSummary[]
  /** Set when the account has to enrol a factor anew: only one activated since then counts as done. */
  readonly reEnrollSince: Date | null
  /** Which second factors the person needs and may use, in which sessions. */
  readonly mfaRules: MfaRules
  /** Whether the sign-in came from a device that was remembered. */
  readonly onRememberedDevice: boolean
  /** The kind of factor that device was remembered with; null: nobody knows, or it is not remembered. */
  readonly rememberedWith: FactorType | null
  /** The organization the session is for; null: none, or one the person is not in any more. */
  readonly organizationId: OrganizationId | null
  readonly memberships: Memberships
}

/** A backend with a service key. It is nobody's session: it has no factors, proves nothing and is never asked to. */
export interface ServiceActor {
  readonly kind: 'service'
  readonly keyId: ServiceKeyId
  /** The application whose people it speaks for, and nobody else's. */
  readonly tenant: string
  /** Whom proofs made for it are for (`aud`). */
  readonly audience: string
  readonly scopes: readonly ServiceScope[]
}

/** Who is calling. Frozen at the start of a request; nothing changes it while the request runs. */
export type Actor = Anonymous | SessionActor | ServiceActor

export const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' })
export const REPLACED_CALLER: Anonymous = Object.freeze({ kind: 'anonymous', isReplaced: true })
