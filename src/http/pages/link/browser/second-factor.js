import { challengeFactor, challengeStatus, verifyChallenge } from './gateway.js'
import { at, attempt, complain, complainingOf, complainOfCode, field, show } from './parts.js'

/**
 * @typedef {import('./gateway.js').Challenge} Challenge
 * @typedef {import('./gateway.js').ChallengeAnswer} ChallengeAnswer
 * @typedef {import('./gateway.js').ChallengeOption} ChallengeOption
 * @typedef {import('./gateway.js').SignInResult} SignInResult
 */

const POLL_MILLISECONDS = 2000
const TYPED = ['TOTP', 'EMAIL', 'SMS', 'RECOVERY_CODE']

/** The current challenge. A push prompt is no longer polled once the person chose another way. */
let asked = { challengeId: '', type: '' }

/** Shows that the person is signed in, or asks for what is still missing. @param {SignInResult} result */
export function goOn(result) {
  if (result.__typename === 'SignedIn') return show('done')
  if (result.__typename === 'MfaEnrollmentRequired') return show('enrol')
  const options = result.stepUp?.challenge.filter(isPossibleHere) ?? []
  if (options.length === 0 || !result.stepUp) return show('elsewhere')
  const { mfaToken } = result.stepUp
  at('ways').replaceChildren(...options.map((option) => wayOf(option, mfaToken)))
  show('factor')
}

/** @param {ChallengeOption} option */
const isPossibleHere = ({ type }) =>
  TYPED.includes(type) ||
  type === 'PUSH' ||
  (type === 'WEBAUTHN' && 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential)

/** @param {ChallengeOption} option @param {string} mfaToken */
function wayOf(option, mfaToken) {
  const item = document.createElement('li')
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = option.name
  button.addEventListener('click', () => void attempt(() => ask(option, mfaToken), endIfOver))
  item.append(button)
  return item
}

/** A sign-in that was not finished in time has to start again. @param {import('./gateway.js').Refused} refused */
function endIfOver({ code }) {
  const isOver = code === 'UNAUTHENTICATED' || code.startsWith('MFA_TOKEN_')
  if (isOver) show('ended')
  return isOver
}

/** @param {ChallengeOption} option @param {string} mfaToken */
async function ask({ factorId, type }, mfaToken) {
  const challenge = await challengeFactor(factorId, mfaToken)
  asked = { challengeId: challenge.id, type }
  if (challenge.webauthn) return answer({ webauthn: await touched(challenge.webauthn.requestOptions) })
  if (challenge.push) return waitForDevice(challenge.id, challenge.push.number)
  for (const each of TYPED) at(`hint-${each}`).hidden = each !== type
  const input = field('answer-code')
  input.value = ''
  input.inputMode = type === 'RECOVERY_CODE' ? 'text' : 'numeric'
  input.autocomplete = type === 'RECOVERY_CODE' ? 'off' : 'one-time-code'
  show('answer')
}

/** @param {PublicKeyCredentialRequestOptionsJSON} options */
async function touched(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return JSON.stringify(await navigator.credentials.get({ publicKey }))
}

/** @param {string} challengeId @param {string} number */
function waitForDevice(challengeId, number) {
  at('push-number').textContent = number
  show('push')
  lookAgain(challengeId)
}

/** @param {string} challengeId */
function lookAgain(challengeId) {
  setTimeout(() => void complainingOf(() => look(challengeId), endIfOver), POLL_MILLISECONDS)
}

/** @param {string} challengeId */
async function look(challengeId) {
  if (asked.challengeId !== challengeId) return
  const status = await challengeStatus(challengeId)
  if (asked.challengeId !== challengeId) return
  if (status === 'WAITING') return lookAgain(challengeId)
  if (status === 'APPROVED') return answer({})
  if (status === 'DENIED') return show('ended')
  chooseAgain()
}

/** @param {ChallengeAnswer} given */
async function answer(given) {
  const { __typename, code, attemptsLeft, reEnrollmentAdvised } = await verifyChallenge(asked.challengeId, given)
  if (__typename === 'ChallengePassed') {
    at('advice').hidden = !reEnrollmentAdvised
    return show('done')
  }
  if (code !== 'CODE_INVALID' || !TYPED.includes(asked.type) || attemptsLeft === 0) return chooseAgain()
  complainOfCode(attemptsLeft)
}

function chooseAgain() {
  show('factor')
  complain('stale')
}

at('answer-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const typed = field('answer-code').value
  const given = asked.type === 'RECOVERY_CODE' ? { recoveryCode: typed } : { code: typed }
  void attempt(() => answer(given), endIfOver)
})
for (const each of document.querySelectorAll('.another-way')) {
  each.addEventListener('click', () => {
    asked = { challengeId: '', type: '' }
    show('factor')
  })
}
