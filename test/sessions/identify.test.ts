import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type SessionId } from '../../src/kernel/ids.js'
import { identify, type IdentifyDeps } from '../../src/sessions/identify.js'
import { writeSessionToken } from '../../src/tokens/session-token.js'
import { secretsOf } from '../factors/world.js'

const NOW = new Date('2030-01-01T12:00:00.000Z')
const secrets = secretsOf('k1')
const ids = { accountId: newId<AccountId>(), sessionId: newId<SessionId>() }
const secret = secrets.random()
const token = writeSessionToken({ ...ids, secret })

/** The caller with the cookie of a session that was just seen. */
async function caller(account: object, session: object = {}): Promise<string> {
  const person = {
    account: { id: ids.accountId, roles: {}, ...account },
    session: {
      id: ids.sessionId,
      secretHash: secrets.digest(secret),
      transport: 'COOKIE',
      state: 'active',
      firstFactor: 'PASSWORD',
      grantRevision: 3,
      proofs: {},
      operationProof: null,
      organizationId: null,
      deviceId: null,
      signedInAt: NOW,
      lastSeenAt: NOW,
      presentedAt: NOW,
      endsAt: secondsAfter(NOW, 600),
      admits: null,
      choosing: null,
      arrivedBy: { deviceToken: 'none' },
      ...session,
    },
    successors: [],
    sessionDevice: null,
    factors: [],
    memberships: {},
    mfaRules: {},
    grantRevision: 3,
    reEnrollSince: null,
  }
  const deps = {
    callers: { findCaller: () => Promise.resolve(person), findCallerInUse: () => Promise.resolve(null) },
    sessions: {},
    recordedUses: { isKnown: () => true, isDue: () => false, note: () => undefined },
    accessTokens: {},
    secrets,
    clock: movableClock(NOW),
    lifetimes: { idleSeconds: 3600, absoluteSeconds: 86_400, pendingSeconds: 600 },
    secretTimes: { supersededSeconds: 600, inFlightSeconds: 5 },
  } as unknown as IdentifyDeps
  const { actor } = await identify(deps, { kind: 'cookie', token }, { requestId: 'r', origin: {} } as never, [])
  return actor.kind
}

describe("a request with a session's cookie", () => {
  it('identifies its person, signed in or pending', async () => {
    expect(await caller({ status: 'ACTIVE' })).toBe('session')
    expect(await caller({ status: 'ACTIVE' }, { state: 'pending' })).toBe('session')
  })

  it.each(['DISABLED', 'CLOSED'])('identifies no one when the account is %s', async (status) => {
    expect(await caller({ status })).toBe('anonymous')
  })

  it('ends a sign-in that waits for its second factor when trust is revoked, and leaves an active session alone', async () => {
    expect(await caller({ status: 'ACTIVE' }, { state: 'pending', grantRevision: 2 })).toBe('anonymous')
    expect(await caller({ status: 'ACTIVE' }, { grantRevision: 2 })).toBe('session')
  })
})
