import type { NewAuditEvent } from '../../src/audit/index.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type SessionId } from '../../src/kernel/ids.js'
import { observe } from '../../src/risk/index.js'
import { refreshSession, type RefreshSessionDeps } from '../../src/sessions/refresh-session.js'
import { writeSessionToken } from '../../src/tokens/session-token.js'
import { CONTEXT, secretsOf } from '../factors/world.js'
import { NOW, originOf, riskDeps } from '../risk/facts.js'
import { rememberingAudit } from '../support/audit.js'

const secrets = secretsOf('k1')
const EVERYTHING_BLOCKS = { low: -300, medium: -200, high: -100 }

/** The result of a refresh with the right token under these thresholds of the account. */
async function refresh(riskThresholds: typeof EVERYTHING_BLOCKS | null, riskReportOnly: boolean) {
  const [accountId, id, secret] = [newId<AccountId>(), newId<SessionId>(), secrets.random()]
  const risk = riskDeps()
  const session = {
    ...{ id, signInId: id, state: 'active', transport: 'BEARER', organizationId: null, firstFactor: 'PASSWORD' },
    ...{ proofs: {}, firstMethods: null, authentication: null, signedInAt: NOW, lastSeenAt: NOW },
    endsAt: secondsAfter(NOW, 3600),
    refresh: { hash: secrets.digest(secret), rotatedAt: NOW, keyId: 'k1', generation: 0 },
    provedFrom: { observation: observe(risk, { origin: originOf(), deviceId: null, timeZone: null }), provedAt: NOW },
  }
  const person = {
    account: { id: accountId, status: 'ACTIVE', roles: {}, lastSignInAt: NOW },
    ...{ sessions: { [id]: session }, factors: [], memberships: {}, riskProfile: null, suspicionAt: null },
    mfaRules: { account: { riskThresholds }, organizations: {} },
  }
  const recorded: NewAuditEvent[] = []
  let rotations = 0
  const deps = {
    sessions: { findPerson: async () => person, rotateRefresh: async () => (rotations += 1) > 0 },
    audit: rememberingAudit(recorded),
    accessTokens: { issue: async () => ({ token: 'access', expiresAt: NOW }) },
    limits: { limits: { increment: async () => 1 }, secrets, clock: risk.clock },
    budgets: { refreshPerSession: { name: 'refreshPerSession', count: 600, withinSeconds: 900 } },
    lifetimes: { idleSeconds: 3600, absoluteSeconds: 3600, pendingSeconds: 600 },
    secretTimes: { supersededSeconds: 600, inFlightSeconds: 10 },
    ...{ risk, riskReportOnly, assurances: USUAL_ASSURANCES, secrets, clock: risk.clock },
  } as unknown as RefreshSessionDeps
  const refreshToken = writeSessionToken({ accountId, sessionId: id, secret })
  const { kind } = await refreshSession(deps, { refreshToken, context: { ...CONTEXT, origin: originOf() } })
  return { kind, rotations, actions: recorded.map(({ action }) => action) }
}

describe('a refresh with the right token', () => {
  it('succeeds when the risk is ordinary', async () => {
    expect(await refresh(null, false)).toMatchObject({ kind: 'refreshed', rotations: 1 })
  })

  it('is refused when its risk blocks, and rotates nothing', async () => {
    expect(await refresh(EVERYTHING_BLOCKS, false)).toEqual({
      kind: 'refused',
      rotations: 0,
      actions: ['risk.blocked'],
    })
  })

  it('succeeds when its risk would block and is only recorded', async () => {
    const written = { kind: 'refreshed', rotations: 1, actions: ['session.refreshed', 'risk.assessed'] }
    expect(await refresh(EVERYTHING_BLOCKS, true)).toEqual(written)
  })
})
