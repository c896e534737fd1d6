import { signLines } from './device-store.js'

/**
 * @typedef {import('./device-store.js').StoredDevice} StoredDevice
 * @typedef {{ challengeId: string, purpose: 'SIGN_IN' | 'STEP_UP' | 'ENROLLMENT', email: string, agent: string,
 *   country: string | null, createdAt: string, expiresAt: string, attemptsLeft: number }} PushRequest
 * @typedef {{ kind: 'answered' } | { kind: 'wrong', attemptsLeft: number } | { kind: 'gone' }} Answered
 */

const DOMAIN = 'stepgate-push/1'

/** The name of the gateway of this page. It is part of what is signed, so a signature is valid for this gateway only. */
const audience = document.documentElement.dataset['audience'] ?? location.origin

/** A call that the gateway refused. `code` is one of its error codes (docs/errors.md). */
export class Refused extends Error {
  /**
   * @param {string} code
   * @param {number | null} retryAfterSeconds
   */
  constructor(code, retryAfterSeconds) {
    super(code)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** How far the gateway's clock is ahead of this one, in milliseconds. */
let clockAhead = 0

/**
 * @param {string} query
 * @param {object} input
 */
async function send(query, input) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
    credentials: 'omit',
    cache: 'no-store',
  })
  const date = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(date)) clockAhead = date - Date.now()
  const { data, errors } = await response.json()
  const [error] = errors ?? []
  if (error) throw new Refused(error.extensions.code, error.extensions.retryAfterSeconds ?? null)
  return data
}

/**
 * Signs a call and sends it. If this clock differs too much from the gateway's, the call is signed again with the
 * gateway's time.
 * @param {StoredDevice} device
 * @param {{ action: string, subject: string, detail: string }} what
 * @param {string} query
 * @param {object} more
 */
async function sendSigned({ device, privateKey }, { action, subject, detail }, query, more = {}) {
  const attempt = async () => {
    const issuedAt = new Date(Date.now() + clockAhead).toISOString()
    const signature = await signLines(privateKey, [DOMAIN, audience, device, action, subject, detail, issuedAt])
    return send(query, { device, issuedAt, signature, ...more })
  }
  const before = clockAhead
  try {
    return await attempt()
  } catch (error) {
    const wasWrong = Math.abs(clockAhead - before) > 30_000
    if (!(error instanceof Refused) || error.code !== 'UNAUTHENTICATED' || !wasWrong) throw error
    return attempt()
  }
}

/**
 * @param {{ token: string, publicKey: string, name: string | null }} input
 * @returns {Promise<{ device: string, email: string }>}
 */
export async function connect(input) {
  const query =
    'mutation Connect($input: ConnectPushDeviceInput!) { connectPushDevice(input: $input) { device email } }'
  return (await send(query, input)).connectPushDevice
}

/**
 * @param {StoredDevice} device
 * @returns {Promise<PushRequest[]>}
 */
export async function listRequests(device) {
  const query =
    'query List($input: PushRequestsInput!) { pushRequests(input: $input) { requests { challengeId purpose email agent country createdAt expiresAt attemptsLeft } } }'
  const data = await sendSigned(device, { action: 'list', subject: '', detail: '' }, query)
  return data.pushRequests.requests
}

/**
 * @param {StoredDevice} device
 * @param {string} challengeId
 * @param {string} number
 * @returns {Promise<Answered>}
 */
export async function approve(device, challengeId, number) {
  const query =
    'mutation Approve($input: ApprovePushRequestInput!) { approvePushRequest(input: $input) { __typename ... on ChallengeFailed { code attemptsLeft } } }'
  const what = { action: 'approve', subject: challengeId, detail: number }
  return outcomeOf((await sendSigned(device, what, query, { challengeId, number })).approvePushRequest)
}

/**
 * @param {StoredDevice} device
 * @param {string} challengeId
 * @returns {Promise<Answered>}
 */
export async function deny(device, challengeId) {
  const query =
    'mutation Deny($input: DenyPushRequestInput!) { denyPushRequest(input: $input) { __typename ... on ChallengeFailed { code attemptsLeft } } }'
  const what = { action: 'deny', subject: challengeId, detail: '' }
  return outcomeOf((await sendSigned(device, what, query, { challengeId })).denyPushRequest)
}

/**
 * @param {{ __typename: string, code?: string, attemptsLeft?: number | null }} result
 * @returns {Answered}
 */
function outcomeOf({ __typename, code, attemptsLeft }) {
  if (__typename === 'PushAnswered') return { kind: 'answered' }
  return code === 'CODE_INVALID' ? { kind: 'wrong', attemptsLeft: attemptsLeft ?? 0 } : { kind: 'gone' }
}

/**
 * @param {StoredDevice} device
 * @param {{ endpoint: string, p256dh: string, auth: string }} subscription
 */
export async function subscribe(device, subscription) {
  const query =
    'mutation Subscribe($input: SubscribePushDeviceInput!) { subscribePushDevice(input: $input) { subscribed } }'
  const { endpoint, p256dh, auth } = subscription
  await sendSigned(device, { action: 'subscribe', subject: endpoint, detail: `${p256dh}.${auth}` }, query, {
    subscription,
  })
}
