import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { FactorStatus, FactorType } from '../kernel/factor-type.js'
import type { AccountId, ChallengeId, FactorId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SentenceId } from '../kernel/sentences.js'

/** What a kind of factor stores, as plain values; only the kind itself reads it. Secrets in it are sealed or hashed. */
export type Material = Readonly<Record<string, string | number | Date | null | Readonly<Record<string, string>>>>

/** What a kind stores of one question, inside the challenge. Codes in it are hashed. */
export type Question = Readonly<Record<string, string | number | Date | null>>

/** A way to prove it is you, as stored. */
export interface Factor {
  readonly id: FactorId
  readonly type: FactorType
  readonly name: string
  readonly status: FactorStatus
  readonly createdAt: Date
  readonly activatedAt: Date | null
  readonly lastUsedAt: Date | null
  /** When it expires; null: never. */
  readonly expiresAt: Date | null
  /** Masked destination of its messages, for its owner; null for kinds that send none. */
  readonly hint: string | null
  /** The live factor it replaces once it is proved. */
  readonly replaces: FactorId | null
  /** Wrong answers since the last right one, across all challenges; at the limit the factor is disabled. */
  readonly consecutiveFailures: number
  readonly material: Material
}

/** A person's answer to a challenge. Plain, so never stored or logged. */
export interface Answer {
  readonly code: string | null
  readonly recoveryCode: string | null
  /** A credential as JSON text, as browsers produce it. */
  readonly webauthn: string | null
}

/** What is shown to the enrolling person, once. */
export interface EnrollmentReveal {
  readonly totp: { readonly secret: string; readonly otpauthUri: string } | null
  readonly recoveryCodes: readonly string[] | null
  /** The address to open on the device that will answer, shown once. */
  readonly push: { readonly connectUrl: string } | null
}

export const NOTHING_REVEALED: EnrollmentReveal = Object.freeze({ totp: null, recoveryCodes: null, push: null })

export interface RightAnswer {
  readonly kind: 'right'
  readonly advance: MaterialAdvance
  /** RFC 8176 names of what this answer proved, where it is more specific than its kind. */
  readonly methods?: readonly string[]
  /**
   * A key that must be unique across accounts, such as a hash of the credential's id: claimed when it activates a
   * factor (R097).
   */
  readonly claim?: string
}

export type Judgement =
  | RightAnswer
  /** `because` goes to the audit log; the caller is told nothing. */
  | { readonly kind: 'wrong'; readonly because?: string }
  | { readonly kind: 'unreadable' } // the stored material was altered or its key is gone: refused and audited (R025)

export interface EnrollmentRequest {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** The account's address, which an authenticator app shows as the factor's owner. */
  readonly label: string
  /** For `SMS`, as the person wrote it. */
  readonly phoneNumber: string | null
  /** For `EMAIL`, as the person wrote it; null: the account's own. */
  readonly emailAddress: string | null
  readonly now: Date
}

export type EnrollmentBeginning =
  | {
      readonly kind: 'begun'
      readonly material: Material
      readonly reveal: EnrollmentReveal
      readonly hint?: string
    }
  /** The input was rejected; names the input field. */
  | { readonly kind: 'bad-input'; readonly field: 'phoneNumber' | 'emailAddress'; readonly says?: SentenceId }

export interface AskRequest {
  readonly accountId: AccountId
  readonly factor: Factor
  /** Every live factor of the account, including this one unless it is being enrolled. */
  readonly factors: readonly Factor[]
  readonly challengeId: ChallengeId
  readonly purpose: ChallengePurpose
  /** For `WEBAUTHN`: the account's name that the browser shows when a passkey is made. */
  readonly label: string
  /** The language of the account's messages; null: the installation's. */
  readonly language: string | null
  /** Whether the session is active, or began on a device known to the account. */
  readonly isKnownCaller: boolean
  /** The account's own proved mailbox, normalised; null where it has none. */
  readonly ownMailbox: string | null
  /** The requesting client, which the message describes. */
  readonly context: AuditContext
  readonly now: Date
}

/** What the requesting session is shown of a question. */
export interface QuestionShown {
  /** Options for `navigator.credentials`, in the JSON form of WebAuthn Level 3. */
  readonly webauthn: object | null
  /** The number to type on the enrolled device. */
  readonly push: { readonly number: string } | null
}

export const NOTHING_SHOWN: QuestionShown = Object.freeze({ webauthn: null, push: null })

/** A message that carries a challenge to its person. */
export interface OutgoingMessage {
  /** Spends the budgets of the message. Called once, before anything is stored or sent. */
  admit(): Promise<{ readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly retryAfterSeconds: number }>
  /** Called once the question is stored. Throws `Unavailable` or `Undeliverable`. */
  send(): Promise<void>
}

export type Asked =
  | {
      readonly kind: 'asked'
      readonly question: Question
      readonly shown: QuestionShown
      readonly message: OutgoingMessage | null
      /** The change to the factor's material that asking makes, such as the count of questions. */
      readonly advance?: MaterialAdvance
    }
  /** It was prompted too often and is paused (R043). */
  | { readonly kind: 'resting'; readonly until: Date }

export interface JudgeRequest {
  readonly accountId: AccountId
  readonly factor: Factor
  readonly challengeId: ChallengeId
  readonly purpose: ChallengePurpose
  readonly question: Question
  readonly answer: Answer
  readonly now: Date
}

/** One kind of factor: everything the rest of the code needs to know about it. See test/contracts/factor.ts. */
export interface FactorKind {
  readonly type: FactorType
  /** The name of a factor of this kind unless its owner chooses one. */
  readonly defaultName: string
  /** How long one challenge lives. */
  readonly challengeSeconds: number
  /** New material and what to show once, or what is wrong with the input. */
  begin(request: EnrollmentRequest): Promise<EnrollmentBeginning>
  /**
   * Creates a question. Sends and stores nothing. Kinds without it need no question: the factor produces the answer by
   * itself, like an app's code.
   */
  ask?(request: AskRequest): Promise<Asked>
  /** Whether an answer has the right form. An answer that does not is wrong, and costs no attempt (R023). */
  canBeAnswer?(given: Pick<JudgeRequest, 'factor' | 'purpose' | 'answer'>): boolean
  /** Judges an answer. Never throws for anything a caller can send, and changes nothing. */
  judge(request: JudgeRequest): Promise<Judgement>
  /** Names the channel of the answers: two factors with one channel are one. Null: nothing to compare. */
  channelOf?(factor: Factor): string | null
  /** Whether another device must answer the question first, so that there is nothing to judge yet. */
  isWaiting?(question: Question): boolean
}

/** The kinds in use, by type. A new kind is a folder here and a line in src/compose/factors.ts. */
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
    hint: factor.hint,
    expiresAt: factor.expiresAt,
  }
}
