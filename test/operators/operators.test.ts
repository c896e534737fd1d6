import type { Account } from '../../src/accounts/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { bootstrapOperator } from '../../src/operators/bootstrap-operator.js'
import { grantRole, revokeRole, type ChangeOperatorsDeps } from '../../src/operators/change-operators.js'
import type { OperatorStore } from '../../src/operators/ports.js'
import { rememberingAudit } from '../support/audit.js'

const NOW = new Date('2030-01-01T12:00:00.000Z')
const EMAIL = 'boss@example.com'

const account = (change: Partial<Account> = {}): Account =>
  ({
    id: newId<AccountId>(),
    email: EMAIL,
    emailKey: EMAIL,
    status: 'ACTIVE',
    linkedTo: null,
    emailChangedAt: null,
    roles: {},
    ...change,
  }) as Account

const GRANT = { grantedAt: NOW, grantedBy: 'SETTING', revokedAt: null } as const
const operator = (change: Partial<Account> = {}): Account => account({ roles: { ADMIN: GRANT }, ...change })

/** A store that does what it is told, and records it. */
function world(found: Account, operators: readonly Account[] = []) {
  const calls: string[] = []
  const terms: unknown[] = []
  const store = {
    findByAddress: () => Promise.resolve(found),
    list: () => Promise.resolve(operators),
    bindAddress: (_: string, id: AccountId) => Promise.resolve((calls.push('bind'), id)),
    grant: (_id: AccountId, _grant: unknown, asked: unknown) => {
      calls.push('grant')
      terms.push(asked)
      const lost = { endedSessions: [], forgottenDevices: [] }
      return Promise.resolve({ kind: 'granted', lost, to: { accountId: found.id, addresses: [], language: null } })
    },
    revoke: () => Promise.resolve((calls.push('revoke'), { accountId: found.id, addresses: [], language: null })),
    restore: () => Promise.resolve((calls.push('restore'), true)),
  } as unknown as OperatorStore
  const deps = {
    operators: store,
    audit: rememberingAudit(),
    notices: { tell: () => Promise.resolve() },
    secrets: { digest: (text: string) => text },
    clock: { now: () => NOW },
    serviceKeys: { knownTo: () => Promise.resolve([]) },
    administrators: new Set([EMAIL]),
  } as unknown as ChangeOperatorsDeps & { readonly administrators: ReadonlySet<string> }
  const signIn = () => bootstrapOperator(deps, { account: found, at: NOW, context: { requestId: 'r' } as never })
  return { calls, terms, deps, signIn }
}

describe('the setting, when a listed address signs in', () => {
  it('gives the role once, even against a parallel revocation', async () => {
    const { calls, terms, signIn } = world(account())
    expect((await signIn()).isChanged).toBe(true)
    expect(calls).toEqual(['bind', 'grant'])
    expect(terms).toEqual([{ onlyOnce: true, demandsFactor: false }])
  })

  it.each<[string, Partial<Account>]>([
    ['another login vouches for', { linkedTo: { issuer: 'https://id.example', subject: 's' } }],
    ['changed to the address later', { emailChangedAt: NOW }],
    ['had the role and lost it', { roles: { ADMIN: { ...GRANT, revokedAt: NOW } } }],
    ['has another address', { emailKey: 'other@example.com' }],
  ])('gives nothing to an account that %s, and spends no address on it', async (_, change) => {
    const { calls, signIn } = world(account(change))
    expect((await signIn()).isChanged).toBe(false)
    expect(calls).toEqual([])
  })
})

describe('the command line', () => {
  it('demands a second factor with the role, and spends the address', async () => {
    const { calls, terms, deps } = world(account())
    expect(await grantRole(deps, EMAIL)).toMatchObject({ kind: 'granted' })
    expect(terms).toEqual([{ onlyOnce: false, demandsFactor: true }])
    expect(calls).toEqual(['grant', 'bind'])
  })

  it('revokes the role of one of several', async () => {
    const { calls, deps } = world(operator(), [operator()])
    expect(await revokeRole(deps, { who: EMAIL, force: false })).toMatchObject({ kind: 'revoked' })
    expect(calls).toEqual(['revoke'])
  })

  it.each<[string, readonly Account[]]>([
    ['no other operator', []],
    ['no other operator who can sign in', [operator({ status: 'DISABLED' })]],
  ])('leaves the last one unchanged while there is %s, unless it is forced', async (_, others) => {
    const last = operator()
    const { calls, deps } = world(last, [last, ...others])
    expect(await revokeRole(deps, { who: EMAIL, force: false })).toMatchObject({ kind: 'last' })
    expect(calls).toEqual([])
    expect(await revokeRole(deps, { who: EMAIL, force: true })).toMatchObject({ kind: 'revoked' })
  })
})
