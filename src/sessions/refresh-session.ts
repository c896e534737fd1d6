import { accountActor, type AuditLog } from '../audit/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import { ruleFor } from '../kernel/mfa-rule.js'
import { spend, type Budgets, type LimitsDeps } from '../limits/index.js'
import type { NamedRate } from '../kernel/rate-limit-headers.js'
import type { AuditContext, Quota } from '../kernel/request-context.js'
import { isAncestor, stateInLine, type SecretTimes, type StateInLine } from '../kernel/secret-states.js'
import type { Secrets } from '../kernel/secrets.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import type { AccessTokens } from '../tokens/index.js'
import { issueCredentials, type IssuedCredentials } from './credentials.js'
import type { AssessedRisk, RiskDeps } from '../risk/index.js'
import { assessInSession } from './assess-in-session.js'
import type { Person } from './person.js'
import type { SessionStore } from './ports.js'
import { readSessionToken, type SessionToken } from '../tokens/index.js'
import { isLive, type RefreshState, type Session, type SessionLifetimes } from './session.js'
import { stateOfSession, unpresentedOf } from './succession.js'

export interface RefreshSessionDeps {
  readonly sessions: SessionStore
  readonly risk: RiskDeps
  /** Risk is only recorded, without affecting refreshes. */
  readonly riskReportOnly: boolean
  readonly accessTokens: AccessTokens
  readonly assurances: Assurances
  readonly audit: AuditLog
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'refreshPerSession'>
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
  readonly secretTimes: SecretTimes
}

export interface RefreshInput {
  readonly refreshToken: string
  readonly context: AuditContext
}

export type RefreshOutcome =
  | { kind: 'refreshed'; credentials: IssuedCredentials; quota: Quota }
  | { kind: 'refused' }
  | { kind: 'limited'; retryAfterSeconds: number; limit: NamedRate } // this session refreshes too often; the token stays valid

/** A session with a refresh token, and its person. */
interface Refreshable {
  readonly person: Person
  readonly session: Session
  readonly line: RefreshState
}

const REFUSED: RefreshOutcome = Object.freeze({ kind: 'refused' })
const PURPOSE = 'refresh'

/**
 * Exchanges a refresh token for the next one (RFC 9700 section 4.14.2). The next token is derived from the one before,
 * so a retry after a lost answer gets the same token until that token is presented. An old token that comes back after
 * that ends its session (R075, R076).
 */
export async function refreshSession(deps: RefreshSessionDeps, input: RefreshInput): Promise<RefreshOutcome> {
  const token = readSessionToken(input.refreshToken)
  if (!token) return REFUSED
  return untilSettled(async () => {
    const found = await findRefreshable(deps, token)
    return found ? tryToRefresh(deps, input, token, found) : REFUSED
  })
}

/**
 * Lost when another request with the same token was faster, or the session changed: the next attempt judges the new
 * state.
 */
async function tryToRefresh(
  deps: RefreshSessionDeps,
  input: RefreshInput,
  token: SessionToken,
  found: Refreshable,
): Promise<RefreshOutcome | typeof LOST> {
  const { session, line } = found
  const now = deps.clock.now()
  const state = stateOfToken(deps, token, found, now)
  if (state === 'reused' || state === 'lapsed') return endFamily(deps, input, token)
  const next = deps.secrets.derive(PURPOSE, line.keyId, token.secret)
  if (next === null || state === 'unknown') return REFUSED
  // Only spent by a valid token: an attacker who knows a session's id must not be able to use up its budget.
  const limit = deps.budgets.refreshPerSession
  const spent = await spend(deps.limits, limit, session.signInId)
  if (spent.kind === 'refused') return { kind: 'limited', retryAfterSeconds: spent.retryAfterSeconds, limit }
  const assessed = assessRefresh(deps, found, input.context)
  if (assessed.isBlocked) {
    await deps.audit.record([riskEvent('risk.blocked', token, input.context, assessed.risk)])
    return REFUSED
  }
  const quota = { limit, left: spent.left, endsInSeconds: spent.endsInSeconds }
  if (state !== 'in-force') return issue(deps, found, next, quota)
  const { keyId, generation = 0 } = line
  const refresh = { hash: deps.secrets.digest(next), rotatedAt: now, keyId, generation: generation + 1 }
  // The following operations demand the proof this risk requires; a refresh cannot be challenged.
  const unusual =
    assessed.risk.verdict === 'ALLOW' ? [] : [riskEvent('risk.assessed', token, input.context, assessed.risk)]
  const isRotated = await deps.sessions.rotateRefresh({
    accountId: token.accountId,
    sessionId: session.id,
    from: line.hash,
    to: refresh,
    unpresented: unpresentedOf(found.person.sessions, session.id),
    events: deps.audit.prepare([event('session.refreshed', token, input.context), ...unusual]),
  })
  if (!isRotated) return LOST
  return issue(deps, { ...found, session: { ...session, refresh } }, next, quota)
}

/**
 * The state of a token. A token of a superseded session follows that session's state: once the successor was used,
 * presenting it is reuse.
 */
function stateOfToken(
  { secrets, secretTimes: times }: RefreshSessionDeps,
  { secret }: SessionToken,
  { person, session, line }: Refreshable,
  now: Date,
): StateInLine {
  const inLine = stateInLine({ secrets, times }, PURPOSE, line, secret, now)
  const state = inLine === 'unknown' && isAncestor(secrets, PURPOSE, line, secret) ? 'reused' : inLine
  const ofSession = stateOfSession(person.sessions, session, times, now)
  if (state === 'unknown' || state === 'reused' || ofSession === 'in-force' || ofSession === 'superseded') return state
  // A step-up whose answer was lost for too long, or that crossed this request, is not a theft.
  return ofSession === 'reused' ? 'reused' : 'unknown'
}

/** A copy of the token exists. Ends the session and its successors, and records one event. */
async function endFamily(deps: RefreshSessionDeps, input: RefreshInput, token: SessionToken): Promise<RefreshOutcome> {
  const events = deps.audit.prepare([event('session.refresh_reused', token, input.context)])
  await deps.sessions.endFamily(token.accountId, token.sessionId, events)
  return REFUSED
}

async function findRefreshable(deps: RefreshSessionDeps, token: SessionToken): Promise<Refreshable | null> {
  const person = await deps.sessions.findPerson(token.accountId)
  const session = person?.sessions[token.sessionId]
  if (person?.account.status !== 'ACTIVE' || session?.state !== 'active' || !session.refresh) return null
  // A superseded session is not live, but its tokens must still be recognised as reused.
  const isKnown = session.supersededAt
    ? session.endsAt > deps.clock.now()
    : isLive(session, deps.lifetimes, deps.clock.now())
  return isKnown ? { person, session, line: session.refresh } : null
}

/**
 * Whether the token is used from where the session was proved (R086). A refresh is only refused at the risk that
 * blocks.
 */
function assessRefresh(deps: RefreshSessionDeps, { person, session }: Refreshable, { origin }: AuditContext) {
  const risk = assessInSession(deps.risk, person, session, {
    purpose: 'REFRESH',
    origin,
    deviceToken: 'none',
    deviceId: null,
    factorTypes: person.factors.filter(({ status }) => status === 'ACTIVE').map(({ type }) => type),
    thresholds: ruleFor(person.mfaRules, session.organizationId).riskThresholds,
  })
  return { risk, isBlocked: risk.verdict === 'BLOCK' && !deps.riskReportOnly }
}

async function issue(
  deps: RefreshSessionDeps,
  { person, session }: Pick<Refreshable, 'person' | 'session'>,
  secret: string,
  quota: Quota,
): Promise<RefreshOutcome> {
  const credentials = await issueCredentials(deps, { person, session, secret, device: null })
  return { kind: 'refreshed', credentials, quota }
}

function riskEvent(
  action: 'risk.assessed' | 'risk.blocked',
  token: SessionToken,
  context: AuditContext,
  risk: AssessedRisk,
) {
  return {
    action,
    actor: accountActor(token.accountId),
    targets: [{ id: token.sessionId, type: 'SESSION' }],
    outcome: action === 'risk.assessed' ? 'SUCCESS' : 'DENIED',
    reason: 'refresh',
    context: { ...context, sessionId: token.sessionId },
    risk,
  } as const
}

function event(action: 'session.refreshed' | 'session.refresh_reused', token: SessionToken, context: AuditContext) {
  return {
    action,
    actor: accountActor(token.accountId),
    targets: [{ id: token.sessionId, type: 'SESSION' }],
    outcome: action === 'session.refreshed' ? 'SUCCESS' : 'DENIED',
    context: { ...context, sessionId: token.sessionId },
  } as const
}
