import { rolesOf } from '../accounts/index.js'
import { accountActor, type AuditLog } from '../audit/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import { spend, type Budgets, type LimitsDeps } from '../limits/index.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from './access-token.js'
import { issueCredentials, type IssuedCredentials } from './credentials.js'
import { assessRisk, type AssessedRisk, type RiskDeps } from '../risk/index.js'
import type { Person } from './person.js'
import type { SessionStore } from './ports.js'
import { readSessionToken, type SessionToken } from './session-token.js'
import { isLive, type RefreshState, type Session, type SessionLifetimes } from './session.js'

export interface RefreshSessionDeps {
  readonly sessions: SessionStore
  readonly risk: RiskDeps
  /** Risk is written down and not acted on. */
  readonly riskReportOnly: boolean
  readonly accessTokens: AccessTokens
  readonly assurances: Assurances
  readonly audit: AuditLog
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'refreshPerSession'>
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
  /** How long a used token may come again, because its answer was lost; at most 5. */
  readonly refreshGraceSeconds: number
}

export interface RefreshInput {
  readonly refreshToken: string
  readonly context: AuditContext
}

export type RefreshOutcome =
  | { kind: 'refreshed'; credentials: IssuedCredentials }
  | { kind: 'refused' }
  | { kind: 'limited'; retryAfterSeconds: number } // this session refreshes too often; the token stays as it is

type RefreshableSession = Session & { readonly refresh: RefreshState; readonly person: Person }

const REFUSED: RefreshOutcome = Object.freeze({ kind: 'refused' })
/** How many generations back a used token is still recognised as one of the family. */
const REMEMBERED_GENERATIONS = 1000

/**
 * Trades a refresh token for the next one (RFC 9700 section 4.14.2). The next token is derived from the one before, so a
 * retry after a lost answer gets the same; one that comes again later ends the session it belongs to (R075, R076).
 */
export async function refreshSession(deps: RefreshSessionDeps, input: RefreshInput): Promise<RefreshOutcome> {
  const token = readSessionToken(input.refreshToken)
  const session = token && (await findRefreshable(deps, token))
  if (!session) return REFUSED
  const next = deps.secrets.derive('refresh', session.refresh.keyId, token.secret)
  if (next === null) return REFUSED

  const hash = deps.secrets.digest(token.secret)
  if (!deps.secrets.equal(hash, session.refresh.hash)) return answerUsedToken(deps, input, token, session, next)
  // Only for the right token: whoever knows the id of a session must not be able to use up its budget.
  const spent = await spend(deps.limits, deps.budgets.refreshPerSession, session.signInId)
  if (spent.kind === 'refused') return { kind: 'limited', retryAfterSeconds: spent.retryAfterSeconds }
  const assessed = assessRefresh(deps, session, input.context)
  if (assessed.isBlocked) {
    await deps.audit.record([riskEvent('risk.blocked', token, input.context, assessed.risk)])
    return REFUSED
  }
  const successor = { ...session.refresh, hash: deps.secrets.digest(next), rotatedAt: deps.clock.now() }
  if (await deps.sessions.rotateRefresh(token.accountId, session.id, hash, successor)) {
    // What is asked for it is asked by the operations that follow; here nobody could answer.
    const unusual =
      assessed.risk.verdict === 'ALLOW' ? [] : [riskEvent('risk.assessed', token, input.context, assessed.risk)]
    await deps.audit.record([event('session.refreshed', token, input.context), ...unusual])
    return issue(deps, token, session, next)
  }
  // Another request with the same token was faster, or the session ended: what it is now decides.
  const latest = await findRefreshable(deps, token)
  return latest ? answerUsedToken(deps, input, token, latest, next) : REFUSED
}

/** A token that is not in force: a retry gets the successor it missed, a replay ends the family, noise gets nothing. */
async function answerUsedToken(
  deps: RefreshSessionDeps,
  input: RefreshInput,
  token: SessionToken,
  session: RefreshableSession,
  next: string,
): Promise<RefreshOutcome> {
  const isPredecessor = deps.secrets.equal(deps.secrets.digest(next), session.refresh.hash)
  const age = secondsBetween(session.refresh.rotatedAt, deps.clock.now())
  if (isPredecessor && age <= deps.refreshGraceSeconds) return issue(deps, token, session, next)
  if (!isAncestor(deps, session.refresh, next)) return REFUSED
  await deps.sessions.end(token.accountId, session.id)
  await deps.audit.record([event('session.refresh_reused', token, input.context)])
  return REFUSED
}

/** Whether deriving on from `secret` leads to the token in force: then it was once a token of this session. */
function isAncestor(deps: RefreshSessionDeps, refresh: RefreshState, secret: string): boolean {
  let descendant: string | null = secret
  for (let generation = 0; generation < REMEMBERED_GENERATIONS && descendant !== null; generation += 1) {
    if (deps.secrets.digest(descendant) === refresh.hash) return true
    descendant = deps.secrets.derive('refresh', refresh.keyId, descendant)
  }
  return false
}

async function findRefreshable(deps: RefreshSessionDeps, token: SessionToken): Promise<RefreshableSession | null> {
  const person = await deps.sessions.findPerson(token.accountId)
  const session = person?.sessions[token.sessionId]
  if (person?.account.status !== 'ACTIVE' || session?.state !== 'active' || !session.refresh) return null
  return isLive(session, deps.lifetimes, deps.clock.now()) ? { ...session, refresh: session.refresh, person } : null
}

/** Whether the token is used from where the session was proved (R086): only what nothing but a passkey opens is refused. */
function assessRefresh(deps: RefreshSessionDeps, { person, provedFrom }: RefreshableSession, { origin }: AuditContext) {
  const risk = assessRisk(deps.risk, {
    purpose: 'REFRESH',
    origin,
    deviceToken: 'none',
    deviceId: null,
    profile: person.riskProfile,
    session: provedFrom,
    timeZone: null,
    fingerprintBin: null,
    failedAttempts: 0,
    failedHere: 0,
    namesFailedNearby: 0,
    credentialChangedAt: null,
    lastSignInAt: person.account.lastSignInAt,
    suspicionAt: person.suspicionAt,
    privileged: rolesOf(person.account).length > 0,
    factorTypes: person.factors.filter(({ status }) => status === 'ACTIVE').map(({ type }) => type),
    thresholds: person.mfaRule.riskThresholds,
  })
  return { risk, isBlocked: risk.verdict === 'BLOCK' && !deps.riskReportOnly }
}

async function issue(
  deps: RefreshSessionDeps,
  token: SessionToken,
  session: Session,
  secret: string,
): Promise<RefreshOutcome> {
  const { accountId } = token
  return { kind: 'refreshed', credentials: await issueCredentials(deps, { accountId, session, secret, device: null }) }
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
