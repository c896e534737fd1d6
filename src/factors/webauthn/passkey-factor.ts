import type { AccountId } from '../../kernel/ids.js'
import type { MaterialAdvance } from '../../kernel/material-advance.js'
import type { Secrets } from '../../kernel/secrets.js'
import {
  NOTHING_REVEALED,
  NOTHING_SHOWN,
  type AskRequest,
  type Asked,
  type Factor,
  type FactorKind,
  type JudgeRequest,
  type Judgement,
} from '../factor.js'
import { readAssertion, readRegistration, type AssertionJson } from './credential-json.js'
import { creationOptions, requestOptions } from './options.js'
import { claimOfCredential, openPasskey, sealPasskey, type OpenedPasskey, type PasskeyState } from './passkey.js'
import { CHALLENGE_BYTES, type RelyingParty } from './relying-party.js'

// They bring 300 modules with ASN.1 parsers, which took a sixth of a start. So they are loaded after it, or when needed.
const loadAssertions = () => import('./verify-assertion.js')
const loadRegistrations = () => import('./verify-registration.js')

/** Loads what verifies passkeys, so that the first passkey does not wait for it. */
export async function loadPasskeys(): Promise<void> {
  await loadAssertions()
  await loadRegistrations()
}

export interface PasskeyDeps {
  readonly secrets: Secrets
  readonly relyingParty: RelyingParty
}

/** Passkeys and security keys (WebAuthn Level 3), as a second factor. */
export function passkeyFactor(deps: PasskeyDeps, settings: { readonly challengeSeconds: number }): FactorKind {
  return {
    type: 'WEBAUTHN',
    defaultName: 'Passkey',
    challengeSeconds: settings.challengeSeconds,
    // There is nothing to store until the authenticator has made its key.
    begin: async () => ({ kind: 'begun', material: {}, reveal: NOTHING_REVEALED }),
    ask: async (request) => ask(deps, request, settings.challengeSeconds),
    canBeAnswer: ({ purpose, answer }) =>
      (purpose === 'ENROLLMENT' ? readRegistration(answer.webauthn) : readAssertion(answer.webauthn)) !== null,
    judge: (request) => (request.purpose === 'ENROLLMENT' ? judgeNew(deps, request) : judgeKnown(deps, request)),
  }
}

function ask({ secrets, relyingParty }: PasskeyDeps, request: AskRequest, timeoutSeconds: number): Asked {
  const { accountId, label, factor, factors } = request
  const challenge = secrets.random(CHALLENGE_BYTES)
  const ceremony = request.purpose === 'ENROLLMENT' ? 'create' : 'get'
  const webauthn =
    ceremony === 'create'
      ? creationOptions(relyingParty, { accountId, label, challenge, timeoutSeconds, factors })
      : requestOptions(relyingParty, { challenge, timeoutSeconds, factor })
  return {
    kind: 'asked',
    question: { challenge, ceremony, challengeId: request.challengeId },
    shown: { ...NOTHING_SHOWN, webauthn },
    message: null,
  }
}

/**
 * The bytes to be signed, if they were issued in this challenge and for this ceremony; otherwise no answer is accepted
 * (R089).
 */
function challengeOf({ question, challengeId }: JudgeRequest, ceremony: 'create' | 'get'): string | null {
  const { challenge } = question
  if (question['challengeId'] !== challengeId) return null
  return question['ceremony'] === ceremony && typeof challenge === 'string' && challenge !== '' ? challenge : null
}

async function judgeNew({ secrets, relyingParty }: PasskeyDeps, request: JudgeRequest): Promise<Judgement> {
  const { accountId, factor, now } = request
  const challenge = challengeOf(request, 'create')
  const credential = readRegistration(request.answer.webauthn)
  if (challenge === null || !credential) return { kind: 'wrong' }
  const { verifyRegistration } = await loadRegistrations()
  const registration = await verifyRegistration(relyingParty, credential, { challenge, now })
  if (registration.kind !== 'verified') return wrong(registration.because)
  const { passkey, state, format } = registration
  return {
    kind: 'right',
    claim: claimOfCredential(passkey.credentialId),
    methods: methodsOf(passkey.backupEligible),
    advance: {
      where: {},
      set: {
        credentialId: passkey.credentialId,
        sealedPasskey: sealPasskey(secrets, { accountId, factorId: factor.id }, passkey),
        ...stateOf(state),
        transports: transportsOf(credential.response.transports ?? []),
        // Most passkeys come without a statement.
        ...(format === 'none' ? {} : { format }),
      },
      unset: [],
    },
  }
}

async function judgeKnown(deps: PasskeyDeps, request: JudgeRequest): Promise<Judgement> {
  const { accountId, factor } = request
  const opened = openPasskey(deps.secrets, { accountId, factorId: factor.id }, factor.material)
  if (!opened) return { kind: 'unreadable' }
  const challenge = challengeOf(request, 'get')
  const credential = readAssertion(request.answer.webauthn)
  if (challenge === null || !credential) return { kind: 'wrong' }
  return judgeAssertion(deps, { accountId, factor, opened, challenge, credential, requireUserVerification: false })
}

export interface AssertionToJudge {
  readonly accountId: AccountId
  readonly factor: Factor
  readonly opened: OpenedPasskey
  readonly challenge: string
  readonly credential: AssertionJson
  readonly requireUserVerification: boolean
}

/** Judges the signature of a known passkey, and returns the change to its factor. */
export async function judgeAssertion(
  { secrets, relyingParty }: PasskeyDeps,
  input: AssertionToJudge,
): Promise<Judgement> {
  const { accountId, factor, opened, challenge, credential, requireUserVerification } = input
  const { passkey, signCount } = opened
  const expected = { accountId, passkey, signCount, challenge, requireUserVerification }
  const { verifyAssertion } = await loadAssertions()
  const assertion = await verifyAssertion(relyingParty, credential, expected)
  if (assertion.kind !== 'verified') return wrong(assertion.because)
  const { state } = assertion
  const resealed = opened.stale
    ? { sealedPasskey: sealPasskey(secrets, { accountId, factorId: factor.id }, passkey) }
    : {}
  const advance: MaterialAdvance = {
    where: { credentialId: passkey.credentialId, ...(passkey.backupEligible ? {} : countsOn(state.signCount)) },
    set: { ...stateOf(state), ...resealed },
    unset: [],
  }
  return { kind: 'right', methods: methodsOf(passkey.backupEligible), advance }
}

/** Of two answers judged by the same counter only one passes; an authenticator without a counter stays at 0. */
const countsOn = (signCount: number) => ({ signCount: signCount > 0 ? { $lt: signCount } : 0 })

const wrong = (because: string | undefined): Judgement =>
  because === undefined ? { kind: 'wrong' } : { kind: 'wrong', because }

const stateOf = ({ signCount, backedUp, userVerified }: PasskeyState) => ({
  signCount,
  backedUp: Number(backedUp),
  userVerified: Number(userVerified),
})

/** RFC 8176: a key that never leaves its hardware, or one that can be backed up; and that a user was present. */
const methodsOf = (backupEligible: boolean): readonly string[] => [backupEligible ? 'swk' : 'hwk', 'user']

/** How the browser reached the authenticator, returned to it later. Browsers ignore names they do not know. */
const transportsOf = (given: readonly string[]): string =>
  [...new Set(given.filter((name) => /^[a-z-]{1,16}$/.test(name)))].sort().join(',')
