/** What an answer from a browser is held against: who we are, and which pages may speak for us. */
export interface RelyingParty {
  /** The domain that passkeys are made for. */
  readonly rpId: string
  /** The name that browsers show. */
  readonly name: string
  /** Origins of pages that may ask, compared exactly. */
  readonly origins: readonly string[]
  /** Origins of pages that may hold ours in a frame; none: answers from inside a frame are refused. */
  readonly topOrigins: readonly string[]
  /** What attestation has to lead to, as PEM; null: any authenticator will do. */
  readonly attestationRoots: readonly string[] | null
}

/** COSE algorithms that are asked for, best first: ES256, EdDSA, RS256. Nothing else is taken. */
export const ALGORITHMS = [-7, -8, -257] as const

/** 256 random bits: twice what the specification asks for (WebAuthn 13.4.3). */
export const CHALLENGE_BYTES = 32
