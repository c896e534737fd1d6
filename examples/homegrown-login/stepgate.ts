import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as documents from './documents.js'

/* All that the application knows of the gateway: GraphQL over HTTP, and a JWT to verify. */

export type Intent = 'SIGN_IN' | 'STEP_UP' | 'ENROLL'
export type FactorKind = 'TOTP' | 'SMS'

export interface DeviceFacts {
  readonly ip: string
  readonly userAgent: string
  readonly acceptLanguage?: string
  readonly clientHints?: { readonly brands?: string; readonly mobile?: string; readonly platform?: string }
  readonly token?: string
}

export interface BeginInput {
  readonly subject: string
  readonly email: string
  readonly intent: Intent
  readonly nonce: string
  readonly device: DeviceFacts
}

export interface Begun {
  readonly verdict: 'ALLOW' | 'CHALLENGE' | 'ENROLL' | 'BLOCK'
  readonly stepUp: { readonly mfaToken: string; readonly challenge: readonly Option[] } | null
  readonly pendingToken: string | null
  readonly proof: string | null
  readonly tokens: { readonly accessToken: string } | null
  readonly deviceToken: string | null
  readonly dropDeviceToken: boolean
}

export interface Option {
  readonly factorId: string
  readonly type: string
  readonly name: string
}

export interface Enrolled {
  readonly factor: { readonly hint: string | null }
  readonly challenge: { readonly id: string }
  readonly totp: { readonly secret: string; readonly qrCode: { readonly pngDataUrl: string } } | null
}

export type Verified =
  | {
      readonly __typename: 'ChallengePassed'
      readonly proof: string
      readonly tokens: { readonly accessToken: string }
      readonly deviceToken: string | null
      readonly recoveryCodes: readonly string[] | null
    }
  | { readonly __typename: 'ChallengeFailed'; readonly code: string; readonly attemptsLeft: number | null }

export interface StepgateSettings {
  /** Where the gateway is. */
  readonly url: string
  /** Its own name: `iss` of its proofs. */
  readonly issuer: string
  readonly serviceKey: string
  /** The audience the key was made for: `aud` of its proofs. */
  readonly audience: string
  readonly now?: () => Date
}

/** The gateway refused the operation; `code` is one of docs/errors.md. */
export class StepgateRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export type Stepgate = ReturnType<typeof connectStepgate>

export function connectStepgate(settings: StepgateSettings) {
  const { url, issuer, audience, serviceKey, now = () => new Date() } = settings
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url))
  const used = new Map<string, number>()

  /** Sends an operation with the service key; with a session's token, for that session. */
  async function send<T>(query: string, variables: object, session?: string): Promise<T> {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${serviceKey}`,
        ...(session === undefined ? {} : { 'stepgate-session': session }),
      },
      body: JSON.stringify({ query, variables }),
    })
    const answer = (await response.json()) as {
      readonly data?: T | null
      readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
    }
    const [error] = answer.errors ?? []
    if (error) throw new StepgateRefusal(error.extensions.code, error.message)
    if (!answer.data) throw new Error('the gateway answered nothing')
    return answer.data
  }

  return {
    begin: async (input: BeginInput) => {
      const data = await send<{ beginAuthentication: Begun }>(documents.BEGIN, { input: { ...input, amr: ['pwd'] } })
      return data.beginAuthentication
    },
    enroll: async (session: string, input: { readonly type: FactorKind; readonly phoneNumber?: string }) =>
      (await send<{ enrollFactor: Enrolled }>(documents.ENROLL, { input }, session)).enrollFactor,
    challenge: async (session: string, input: { readonly factorId: string; readonly mfaToken: string }) =>
      (await send<{ challengeFactor: { id: string } }>(documents.CHALLENGE, { input }, session)).challengeFactor.id,
    verify: async (
      session: string,
      input: {
        readonly challengeId?: string
        readonly factorId?: string
        readonly mfaToken?: string
        readonly code?: string
        readonly recoveryCode?: string
        readonly rememberDevice: boolean
      },
    ) => (await send<{ verifyChallenge: Verified }>(documents.VERIFY, { input }, session)).verifyChallenge,
    factorsOf: async (subject: string) => {
      type Data = { subject: { factors: readonly { type: string; name: string; hint: string | null }[] } | null }
      return (await send<Data>(documents.SUBJECT, { subject })).subject?.factors ?? []
    },
    /**
     * Whether a proof is for this person and this authentication, and how strong; it works once. Throws for a proof
     * that is not the gateway's, is for another person, has expired, or was used.
     */
    checkProof: async (
      proof: string,
      expected: { readonly subject: string; readonly nonce: string },
    ): Promise<{ readonly isMfa: boolean }> => {
      const { payload } = await jwtVerify(proof, keys, {
        algorithms: ['EdDSA'],
        typ: 'proof+jwt',
        issuer,
        audience,
        subject: expected.subject,
        requiredClaims: ['exp', 'jti', 'nonce', 'acr'],
        currentDate: now(),
      })
      if (payload['nonce'] !== expected.nonce) throw new Error('the proof is of another authentication')
      const { jti = '', exp = 0 } = payload
      const seconds = now().getTime() / 1000
      for (const [id, endsAt] of used) if (endsAt <= seconds) used.delete(id)
      if (used.has(jti)) throw new Error('the proof was used before')
      used.set(jti, exp)
      return { isMfa: payload['acr'] !== 'urn:stepgate:acr:1fa' }
    },
  }
}
