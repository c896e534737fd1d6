import type { FactorId } from './ids.js'
import type { FactorType } from './factor-type.js'

/** How strongly a session is proved, weakest first. */
export const ASSURANCES = ['ONE_FACTOR', 'MFA', 'PHISHING_RESISTANT'] as const
export type Assurance = (typeof ASSURANCES)[number]

/** One factor proved by this session. Freshness is measured from `provedAt` and nothing but a new proof moves it. */
export interface FactorProof {
  readonly factorId: FactorId
  readonly type: FactorType
  readonly provedAt: Date
}

/** What a proof of each factor type makes of a session that already has its first factor. */
const ASSURANCE_OF: Readonly<Record<FactorType, Assurance>> = {
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

export const assuranceOf = (type: FactorType): Assurance => ASSURANCE_OF[type]

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
export function assuranceOfProofs(proofs: Iterable<FactorProof>): Assurance {
  return strongest([...proofs].map((proof) => assuranceOf(proof.type)))
}
