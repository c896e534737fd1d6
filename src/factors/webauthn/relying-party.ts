/** What a browser's answer is checked against: who we are, and which pages may act for us. */
export interface RelyingParty {
  /** The domain that passkeys are made for. */
  readonly rpId: string
  /** The name that browsers show. */
  readonly name: string
  /** Origins of pages, and Android apps, that may request a passkey, compared exactly. */
  readonly origins: readonly string[]
  /** Origins of pages that may embed ours in a frame; none: answers from inside a frame are refused. */
  readonly topOrigins: readonly string[]
  /** The roots that attestation must lead to, as PEM; null: any authenticator is accepted. */
  readonly attestationRoots: readonly string[] | null
}

/** Accepted COSE algorithms, best first: ES256, EdDSA, RS256. No others are accepted. */
export const ALGORITHMS = [-7, -8, -257] as const

/** 256 random bits: twice what the specification requires (WebAuthn 13.4.3). */
export const CHALLENGE_BYTES = 32
