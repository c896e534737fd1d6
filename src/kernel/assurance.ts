import type { FactorId } from './ids.js'
import type { FactorType } from './factor-type.js'

/** How strongly a session is proved, weakest first. */
export const ASSURANCES = ['ONE_FACTOR', 'MFA', 'PHISHING_RESISTANT'] as const
export type Assurance = (typeof ASSURANCES)[number]

/** One factor proved by this session. Freshness is measured from `provedAt`, and only a new proof moves it. */
export interface FactorProof {
  readonly factorId: FactorId
  readonly type: FactorType
  readonly provedAt: Date
  /** RFC 8176 names of what was proved, where the proof is more specific than the factor's type; null otherwise. */
  readonly methods: readonly string[] | null
}

/** The assurance that a proof of each factor type gives to a session that already has its first factor. */
const USUALLY: Readonly<Record<FactorType, Assurance>> = {
  TOTP: 'MFA',
  SMS: 'MFA',
  // NIST SP 800-63B-4 3.1.3.1: a mailbox is not a second factor (R044).
  EMAIL: 'ONE_FACTOR',
  WEBAUTHN: 'PHISHING_RESISTANT',
  PUSH: 'MFA',
  RECOVERY_CODE: 'MFA',
}

const ACR: Readonly<Record<Assurance, string>> = {
  ONE_FACTOR: 'urn:stepgate:acr:1fa',
  MFA: 'urn:stepgate:acr:mfa',
  PHISHING_RESISTANT: 'urn:stepgate:acr:phr',
}

/** What a proof of each factor type is worth in this installation. */
export interface Assurances {
  of(type: FactorType): Assurance
}

export interface AssuranceRules {
  /** The documented exception to R044: a code sent by e-mail makes a session `MFA`. */
  readonly emailCodeIsMfa: boolean
}

export function assurancesBy({ emailCodeIsMfa }: AssuranceRules): Assurances {
  const table = emailCodeIsMfa ? { ...USUALLY, EMAIL: 'MFA' as const } : USUALLY
  return Object.freeze({ of: (type: FactorType) => table[type] })
}

export const USUAL_ASSURANCES: Assurances = assurancesBy({ emailCodeIsMfa: false })

/** The `acr` value of tokens and of RFC 9470 challenges. */
export const acrOf = (assurance: Assurance): string => ACR[assurance]

export function isAtLeast(have: Assurance, want: Assurance): boolean {
  return ASSURANCES.indexOf(have) >= ASSURANCES.indexOf(want)
}

export function strongest(assurances: Iterable<Assurance>): Assurance {
  let best: Assurance = 'ONE_FACTOR'
  for (const assurance of assurances) if (isAtLeast(assurance, best)) best = assurance
  return best
}

/** The assurance of a session that has proved these factors after its first one. */
export function assuranceOfProofs(proofs: Iterable<FactorProof>, assurances: Assurances): Assurance {
  return strongest([...proofs].map((proof) => assurances.of(proof.type)))
}
