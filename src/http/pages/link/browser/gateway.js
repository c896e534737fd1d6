/**
 * @typedef {{ factorId: string, type: string, name: string }} ChallengeOption
 * @typedef {{ __typename: 'SignedIn' | 'MfaRequired' | 'MfaEnrollmentRequired' | 'OrganizationRequired',
 *   stepUp?: { mfaToken: string, challenge: ChallengeOption[] } }} SignInResult
 * @typedef {{ id: string, push: { number: string } | null,
 *   webauthn: { requestOptions: PublicKeyCredentialRequestOptionsJSON } | null }} Challenge
 * @typedef {{ code?: string, recoveryCode?: string, webauthn?: string }} ChallengeAnswer
 * @typedef {{ __typename: 'ChallengePassed' | 'ChallengeFailed', code?: string, attemptsLeft?: number | null,
 *   reEnrollmentAdvised?: boolean }} Verified
 */

/** A call that the gateway refused. `code` is one of its error codes (docs/errors.md). */
export class Refused extends Error {
  /** @param {{ code: string, fields?: string[], objection?: string, attemptsLeft?: number, reference?: string | null }} extensions */
  constructor(extensions) {
    super(extensions.code)
    this.extensions = extensions
    this.code = extensions.code
  }

  /** @param {string} field */
  names(field) {
    return this.extensions.fields?.includes(field) ?? false
  }
}

/**
 * @param {string} query
 * @param {object} variables
 */
async function send(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    // A cookie shows whether the link was requested in this browser, and the session is a cookie, too.
    credentials: 'same-origin',
    cache: 'no-store',
  })
  const { data, errors } = await response.json()
  const [error] = errors ?? []
  if (error) throw new Refused(error.extensions)
  return data
}

const RESULT = '__typename ... on MfaRequired { stepUp { mfaToken challenge { factorId type name } } }'

/**
 * @param {string} token
 * @param {string | null} code
 * @returns {Promise<SignInResult>}
 */
export async function signInWithMagicLink(token, code) {
  const query = `mutation SignIn($input: SignInWithMagicLinkInput!) { signInWithMagicLink(input: $input) { ${RESULT} } }`
  return (await send(query, { input: { token, code, transport: 'COOKIE' } })).signInWithMagicLink
}

/**
 * @param {string} token
 * @param {string | null} password
 */
export async function verifyEmail(token, password) {
  const query = 'mutation Confirm($input: VerifyEmailInput!) { verifyEmail(input: $input) { verified } }'
  await send(query, { input: { token, password } })
}

/**
 * @param {string} token
 * @param {string} newPassword
 * @returns {Promise<SignInResult>}
 */
export async function resetPassword(token, newPassword) {
  const query = `mutation Reset($input: ResetPasswordInput!) { resetPassword(input: $input) { ${RESULT} } }`
  return (await send(query, { input: { token, newPassword, transport: 'COOKIE' } })).resetPassword
}

/**
 * @param {string} factorId
 * @param {string} mfaToken
 * @returns {Promise<Challenge>}
 */
export async function challengeFactor(factorId, mfaToken) {
  const query =
    'mutation Ask($input: ChallengeFactorInput!) { challengeFactor(input: $input) { id push { number } webauthn { requestOptions } } }'
  return (await send(query, { input: { factorId, mfaToken } })).challengeFactor
}

/**
 * @param {string} challengeId
 * @param {ChallengeAnswer} answer
 * @returns {Promise<Verified>}
 */
export async function verifyChallenge(challengeId, answer) {
  const query =
    'mutation Answer($input: VerifyChallengeInput!) { verifyChallenge(input: $input) { __typename ' +
    '... on ChallengePassed { reEnrollmentAdvised } ... on ChallengeFailed { code attemptsLeft } } }'
  return (await send(query, { input: { challengeId, ...answer } })).verifyChallenge
}

/**
 * @param {string} challengeId
 * @returns {Promise<'WAITING' | 'APPROVED' | 'DENIED' | 'GONE'>}
 */
export async function challengeStatus(challengeId) {
  const query = 'query Status($challengeId: ID!) { challengeStatus(challengeId: $challengeId) }'
  return (await send(query, { challengeId })).challengeStatus
}
