import type { FactorSummary } from '../kernel/actor.js'
import type { FactorStatus, FactorType } from '../kernel/factor-type.js'
import type { AccountId, FactorId } from '../kernel/ids.js'

/** What a kind of factor keeps, in plain stored values; only the kind itself reads it. Secrets in it are sealed or hashed. */
export type Material = Readonly<Record<string, string | number | Date | null | Readonly<Record<string, string>>>>

/** A way to prove it is you, as stored. */
export interface Factor {
  readonly id: FactorId
  readonly type: FactorType
  readonly name: string
  readonly status: FactorStatus
  readonly createdAt: Date
  readonly activatedAt: Date | null
  readonly lastUsedAt: Date | null
  /** Wrong answers since the last right one, over all challenges; at the limit the factor is disabled. */
  readonly consecutiveFailures: number
  readonly material: Material
}

/** What a person gives to answer a challenge. Plain, so never stored or logged. */
export interface Answer {
  readonly code: string | null
  readonly recoveryCode: string | null
}

/** What is shown to the enrolling person, once. */
export interface EnrollmentReveal {
  readonly totp: { readonly secret: string; readonly otpauthUri: string } | null
  readonly recoveryCodes: readonly string[] | null
}

/**
 * The change to `material` that a right answer brings, and what must still hold of the stored one for it: this is what
 * lets one code succeed once, however many processes judge it at the same moment. Paths are relative to the material.
 */
export interface MaterialAdvance {
  readonly where: Readonly<Record<string, { readonly $lt: number } | { readonly $exists: true }>>
  readonly set: Readonly<Record<string, string | number>>
  readonly unset: readonly string[]
}

export type Judgement = { kind: 'right'; advance: MaterialAdvance } | { kind: 'wrong' } | { kind: 'unreadable' } // the stored material was altered or its key is gone: refused and audited (R025)

export interface EnrollmentRequest {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** Whose factor it is, as an authenticator app shows it. */
  readonly label: string
}

/** One kind of factor: everything the rest of the code needs to know about it. See test/contracts/factor.ts. */
export interface FactorKind {
  readonly type: FactorType
  /** The name a factor of this kind gets unless its owner chose one. */
  readonly defaultName: string
  /** How long one challenge lives. */
  readonly challengeSeconds: number
  /** New material and what to show once. */
  begin(request: EnrollmentRequest): Promise<{ readonly material: Material; readonly reveal: EnrollmentReveal }>
  /** Judges an answer. Never throws for what a caller can send, and changes nothing. */
  judge(input: {
    readonly accountId: AccountId
    readonly factor: Factor
    readonly answer: Answer
    readonly now: Date
  }): Promise<Judgement>
}

/** The kinds in use, by type. Adding one is a folder here and a line in app.ts. */
export type FactorKinds = ReadonlyMap<FactorType, FactorKind>

/** Single-use codes left; null for kinds that do not run out. */
export const codesLeft = ({ type, material }: Factor): number | null =>
  type === 'RECOVERY_CODE' ? Object.keys(material['codes'] ?? {}).length : null

/** The factor without its material. */
export function summarize(factor: Factor): FactorSummary {
  return {
    id: factor.id,
    type: factor.type,
    name: factor.name,
    status: factor.status,
    createdAt: factor.createdAt,
    activatedAt: factor.activatedAt,
    lastUsedAt: factor.lastUsedAt,
    codesLeft: codesLeft(factor),
  }
}
