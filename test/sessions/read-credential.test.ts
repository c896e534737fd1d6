import { newId, type AccountId, type SessionId } from '../../src/kernel/ids.js'
import type { AccessTokens } from '../../src/tokens/access-token.js'
import { isGenuine, readCredential, type CredentialClaim } from '../../src/sessions/read-credential.js'
import { writeSessionToken } from '../../src/tokens/session-token.js'
import type { Session } from '../../src/sessions/session.js'
import { secretsOf } from '../factors/world.js'

const secrets = secretsOf('k1')
const accessTokens: AccessTokens = { ...({} as AccessTokens), verify: async () => null }
const ids = { accountId: newId<AccountId>(), sessionId: newId<SessionId>() }

/** What a credential with this secret claims. */
async function claimOf(kind: 'cookie' | 'bearer', secret: string): Promise<CredentialClaim> {
  const claim = await readCredential({ accessTokens, secrets }, { kind, token: writeSessionToken({ ...ids, secret }) })
  if (!claim) throw new Error('the token is one of ours')
  return claim
}
const stored = (over: Pick<Session, 'transport' | 'state'>, secret: string): Session =>
  ({ id: ids.sessionId, secretHash: secrets.digest(secret), ...over }) as unknown as Session

describe('a credential and its session', () => {
  const [secret, outdated] = [secrets.random(), secrets.random()]

  it.each(['pending', 'active'] as const)("match when a cookie has the session's secret, %s", async (state) => {
    const session = stored({ transport: 'COOKIE', state }, secret)
    expect(isGenuine(secrets, await claimOf('cookie', secret), session)).toBe(true)
    expect(isGenuine(secrets, await claimOf('cookie', outdated), session)).toBe(false)
  })

  it("match when a pending session's token has its secret, until the second factor is done", async () => {
    const claim = await claimOf('bearer', secret)
    expect(isGenuine(secrets, claim, stored({ transport: 'BEARER', state: 'pending' }, secret))).toBe(true)
    expect(isGenuine(secrets, claim, stored({ transport: 'BEARER', state: 'pending' }, outdated))).toBe(false)
    expect(isGenuine(secrets, claim, stored({ transport: 'BEARER', state: 'active' }, secret))).toBe(false)
  })

  it('do not match across transports', async () => {
    const [cookie, bearer] = [await claimOf('cookie', secret), await claimOf('bearer', secret)]
    expect(isGenuine(secrets, cookie, stored({ transport: 'BEARER', state: 'pending' }, secret))).toBe(false)
    expect(isGenuine(secrets, bearer, stored({ transport: 'COOKIE', state: 'pending' }, secret))).toBe(false)
  })

  it('match when a signed access token is for it, once the second factor is done', () => {
    const claim: CredentialClaim = { ...ids, transport: 'BEARER', secretHash: null, state: 'active', generation: 0 }
    expect(isGenuine(secrets, claim, stored({ transport: 'BEARER', state: 'active' }, secret))).toBe(true)
    expect(isGenuine(secrets, claim, stored({ transport: 'BEARER', state: 'pending' }, secret))).toBe(false)
  })
})
