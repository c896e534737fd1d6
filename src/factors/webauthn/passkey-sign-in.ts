import { generateKeyPairSync } from 'node:crypto'
import { isExpired } from '../../kernel/actor.js'
import { parseId, type AccountId, type FactorId } from '../../kernel/ids.js'
import type { MaterialAdvance } from '../../kernel/material-advance.js'
import type { Factor } from '../factor.js'
import { readClientData } from './client-data.js'
import { readAssertion, type AssertionJson } from './credential-json.js'
import { requestOptions } from './options.js'
import { credentialIdOf, openPasskey, type OpenedPasskey } from './passkey.js'
import { judgeAssertion, type PasskeyDeps } from './passkey-factor.js'
import { newSignInChallenge, readSignInChallenge, type SignInChallengeDeps } from './sign-in-challenge.js'

export type PasskeySignInDeps = PasskeyDeps & SignInChallengeDeps

/** An answer to a live challenge of ours. The account it names is a claim, not proved yet. */
export interface PresentedPasskey {
  readonly accountId: AccountId
  readonly challenge: string
  readonly challengeEndsAt: Date
  readonly credential: AssertionJson
}

export type PasskeyVerdict =
  | {
      readonly kind: 'right'
      readonly factorId: FactorId
      readonly methods: readonly string[] | null
      readonly advance: MaterialAdvance
    }
  | { readonly kind: 'wrong'; readonly because: string | null; readonly factorId: FactorId | null }

/** A person whose passkeys are checked. */
export interface WithFactors {
  readonly factorRecords: Readonly<Record<FactorId, Factor>>
}

/**
 * Passkeys instead of the password: challenges a person who is not identified yet, and judges the answer without a
 * session.
 */
export function passkeySignIn(deps: PasskeySignInDeps, settings: { readonly challengeSeconds: number }) {
  const { secrets, relyingParty, clock } = deps
  const nobodysKey = newNobodysKey()
  return {
    /** Options that name no account and no credential, so they reveal nothing. */
    begin: () => {
      const { challenge, expiresAt } = newSignInChallenge(deps, settings.challengeSeconds)
      const timeoutSeconds = settings.challengeSeconds
      return { expiresAt, requestOptions: requestOptions(relyingParty, { challenge, timeoutSeconds, factor: null }) }
    },
    /** Null when it is malformed, names no account, or answers no challenge of ours. */
    read: (webauthn: string): PresentedPasskey | null => {
      const credential = readAssertion(webauthn)
      const accountId = parseId<AccountId>(credential?.response.userHandle)
      const challenge = credential && readClientData(credential.response.clientDataJSON)?.challenge
      const challengeEndsAt = challenge ? readSignInChallenge(deps, challenge) : null
      if (!credential || !accountId || !challenge || !challengeEndsAt) return null
      return { accountId, challenge, challengeEndsAt, credential }
    },
    /** Does the same work for an unknown credential (R056). */
    judge: async (presented: PresentedPasskey, person: WithFactors | null): Promise<PasskeyVerdict> => {
      const { accountId, credential, challenge } = presented
      const factor = person && liveFactor(person, credential.id, clock.now())
      const opened = factor && openPasskey(secrets, { accountId, factorId: factor.id }, factor.material)
      const judged = await judgeAssertion(deps, {
        accountId,
        factor: factor ?? NOBODYS_FACTOR,
        opened: opened ?? nobodys(credential.id, nobodysKey),
        challenge,
        credential,
        requireUserVerification: true,
      })
      if (factor && opened && judged.kind === 'right') {
        const { advance, methods = null } = judged
        return { kind: 'right', factorId: factor.id, methods, advance }
      }
      const because = judged.kind === 'wrong' && opened ? (judged.because ?? null) : null
      return { kind: 'wrong', because, factorId: factor?.id ?? null }
    },
  }
}

function liveFactor({ factorRecords }: WithFactors, credentialId: string, now: Date): Factor | null {
  const found = Object.values(factorRecords).find((factor) => credentialIdOf(factor) === credentialId)
  return found?.status === 'ACTIVE' && !isExpired(found, now) ? found : null
}

/** A key whose private half is discarded, to spend the work of a signature check on. */
function newNobodysKey(): string {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  // COSE (RFC 9053 2.1): EC2, ES256, P-256, x, y.
  const cose = [Buffer.from('a5010203262001215820', 'hex'), decode(x), Buffer.from('225820', 'hex'), decode(y)]
  return Buffer.concat(cose).toString('base64url')
}

const decode = (text: string): Buffer => Buffer.from(text, 'base64url')

const nobodys = (credentialId: string, publicKey: string): OpenedPasskey => ({
  passkey: { credentialId, publicKey, backupEligible: false, aaguid: '' },
  signCount: 0,
  stale: false,
})

const NOBODYS_FACTOR: Factor = {
  id: '' as FactorId,
  type: 'WEBAUTHN',
  name: '',
  status: 'DISABLED',
  createdAt: new Date(0),
  activatedAt: null,
  lastUsedAt: null,
  expiresAt: null,
  hint: null,
  replaces: null,
  consecutiveFailures: 0,
  material: {},
}
