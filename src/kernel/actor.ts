import type { FactorProof } from './assurance.js'
import type { Role, ServiceScope } from './access.js'
import type { AccountId, DeviceId, FactorId, OrganizationId, ServiceKeyId, SessionId } from './ids.js'
import type { FactorStatus, FactorType } from './factor-type.js'
import type { Memberships } from './membership.js'
import type { MfaRules } from './mfa-rule.js'

/** What may be disclosed about a factor: everything except its secret. */
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
  /** Masked destination of its messages, such as `+1 ••• ••67`; null for factors that are sent no messages. */
  readonly hint: string | null
  /** When it expires; null: never. */
  readonly expiresAt: Date | null
}

/** Whether it has expired: it then proves nothing, and its owner is told why (R047). */
export const isExpired = ({ expiresAt }: Pick<FactorSummary, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now

/** A proof that counts for a single operation (`withinSeconds: 0`), until it is spent. */
export interface OperationProof {
  readonly operationHash: string
  readonly proof: FactorProof
}

export interface Anonymous {
  readonly kind: 'anonymous'
  /** Set when the credential was genuine but its session has since used a newer one. */
  readonly isReplaced?: true
}

export interface SessionActor {
  readonly kind: 'session'
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly deviceId: DeviceId | null
  /** `pending` until the second factor is done, then `active`. */
  readonly state: 'pending' | 'active'
  /**
   * While pending: the factors that may finish this sign-in, limited by its risk; null: every factor of the account.
   */
  readonly admits: readonly FactorId[] | null
  /** While pending: the person must choose an organization before anything else. */
  readonly choosing: boolean
  readonly roles: readonly Role[]
  /** The last active first-factor authentication (`auth_time` before any step-up). */
  readonly signedInAt: Date
  readonly proofs: readonly FactorProof[]
  readonly operationProof: OperationProof | null
  /** All factors of the account, including pending and disabled ones. */
  readonly factors: readonly FactorSummary[]
  /** Set when the account must enrol a factor again: only a factor activated after this time counts. */
  readonly reEnrollSince: Date | null
  /** Which second factors each of the account's sessions needs and may use. */
  readonly mfaRules: MfaRules
  /** Whether the sign-in came from a remembered device. */
  readonly onRememberedDevice: boolean
  /** The kind of factor that device was remembered with; null: unknown, or the device is not remembered. */
  readonly rememberedWith: FactorType | null
  /** The organization the session is for; null: none, or the account is no longer a member of it. */
  readonly organizationId: OrganizationId | null
  readonly memberships: Memberships
}

/** A backend with a service key. It has no session and no factors, and is never challenged. */
export interface ServiceActor {
  readonly kind: 'service'
  readonly keyId: ServiceKeyId
  /** The application it acts for. It reaches only accounts of this tenant. */
  readonly tenant: string
  /** The audience (`aud`) of proofs made for it. */
  readonly audience: string
  readonly scopes: readonly ServiceScope[]
}

/** Who is calling. Frozen at the start of a request; nothing changes it while the request runs. */
export type Actor = Anonymous | SessionActor | ServiceActor

export const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' })
export const REPLACED_CALLER: Anonymous = Object.freeze({ kind: 'anonymous', isReplaced: true })
