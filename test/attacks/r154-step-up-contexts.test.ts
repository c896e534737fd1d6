import { MyProfileDocument, RenameFactorDocument } from '../../schema/generated/graphql.js'
import { roomFor, type NamedContext } from '../../src/sessions/step-up-room.js'
import type { AccountId, FactorId } from '../../src/kernel/ids.js'
import type { Session } from '../../src/sessions/session.js'
import { openRepositories } from '../../src/store/index.js'
import { ask, challenged, guess, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { signIn, withTotp, type PersonWithFactor } from '../support/person.js'

const CAP = 20

/**
 * A page's query: a field that requires a fresh factor, each under its own name, so that each is a separate operation.
 */
const widget = (nth: number): string => `query Widget${nth} { me { profile { taxId } } }`

describe.each(STORES)('R154: the step-ups of one session, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor
  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_AUDIT_LINGER: '60000' } })
  })
  afterAll(() => gateway.close())
  beforeEach(async () => {
    person = await withTotp(gateway)
    gateway.clock.advance(301)
  })

  type Refused = { readonly errors: readonly { readonly extensions: Readonly<Record<string, unknown>> }[] }
  const tokenIn = ({ errors }: Refused): string =>
    (errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }).mfaToken
  const show = async (client: Client, query: string): Promise<string> =>
    tokenIn(await client.post(JSON.stringify({ query })))
  /** The person's session with the most contexts. */
  const stored = async (): Promise<{ readonly accountId: AccountId; readonly session: Session }> => {
    const { _id, sessions } = (await storedPerson(gateway, person.email)) as unknown as {
      readonly _id: AccountId
      readonly sessions: Readonly<Record<string, Session>>
    }
    const [session] = Object.values(sessions).sort((a, b) => countOf(b) - countOf(a))
    if (!session) throw new Error('no session')
    return { accountId: _id, session }
  }
  const countOf = ({ stepUps }: Session): number => Object.keys(stepUps).length
  const openContexts = async (): Promise<number> => countOf((await stored()).session)
  const passes = async (mfaToken: string): Promise<string> => {
    const challenge = await challenged(person.client, person.authenticator.factorId, mfaToken)
    return guess(person.client, challenge.id, person.authenticator.code())
  }

  it('returns the same token for the same operation, without a write, and keeps it until it expires', async () => {
    const first = await show(person.client, widget(0))
    const before = gateway.app.roundTrips()
    expect(await show(person.client, widget(0))).toBe(first)
    // The session is read and the refusal recorded; no context is opened.
    expect(gateway.app.roundTrips() - before).toBeLessThanOrEqual(2)
    expect(await show(person.client, widget(1))).not.toBe(first)
    for (let nth = 0; nth < 28; nth += 1) {
      gateway.clock.advance(10)
      await show(person.client, widget(0))
    }
    expect(await openContexts()).toBeLessThanOrEqual(4)
    expect(await passes(first)).toBe('PASSED')
  })

  it('issues a fresh token once half the lifetime of the last one is over', async () => {
    const first = await show(person.client, widget(0))
    gateway.clock.advance(149)
    expect(await show(person.client, widget(0))).toBe(first)
    gateway.clock.advance(2)
    const second = await show(person.client, widget(0))
    expect(second).not.toBe(first)
    gateway.clock.advance(149)
    expect(codeOf(await ask(person.client, person.authenticator.factorId, first))).toBe('MFA_TOKEN_EXPIRED')
    expect(await passes(second)).toBe('PASSED')
  })

  it("keeps a dialog's token while eight widgets and two tabs poll beside it", async () => {
    const tabs = [person.client, person.client.copy()]
    const dialog = await show(person.client, widget(100))
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(tabs.flatMap((tab) => Array.from({ length: 8 }, (_, nth) => show(tab, widget(nth)))))
      gateway.clock.advance(2)
    }
    expect(await openContexts()).toBe(9)
    expect(await passes(dialog)).toBe('PASSED')
  })

  it('keeps it when a page sends ever new operations, one after another or all at once', async () => {
    const dialog = await show(person.client, widget(100))
    for (let nth = 0; nth < CAP; nth += 1) await show(person.client, widget(nth))
    await Promise.all(Array.from({ length: 30 }, (_, nth) => show(person.client, widget(200 + nth))))
    expect(await openContexts()).toBe(CAP)
    expect(await passes(dialog)).toBe('PASSED')
  })

  it('keeps only one of a burst of equal operations', async () => {
    const tokens = await Promise.all(Array.from({ length: 30 }, () => show(person.client, widget(0))))
    expect(new Set(tokens).size).toBe(1)
    expect(await openContexts()).toBe(1)
    expect(await passes(tokens[0] ?? '')).toBe('PASSED')
  })

  it('distinguishes operations by what they require', async () => {
    const { factorId } = person.authenticator
    const rename = await person.client.send(RenameFactorDocument, { input: { factorId, name: 'Mine' } })
    expect(tokenIn(rename)).not.toBe(tokenIn(await person.client.send(MyProfileDocument)))
  })

  it('issues another session another token', async () => {
    const mine = await show(person.client, widget(0))
    const { client } = await signIn(gateway, person.email)
    const theirs = await show(client, widget(0))
    expect(theirs).not.toBe(mine)
    expect(codeOf(await ask(client, person.authenticator.factorId, mine))).toBe('MFA_TOKEN_NOT_FOUND')
  })

  it('issues the same token in another process of the installation', async () => {
    if (store !== 'mongodb') return
    const beside = await startGateway({ beside: gateway })
    try {
      const token = await show(person.client, widget(0))
      expect(await show(person.client.at(beside.url), widget(0))).toBe(token)
    } finally {
      await beside.close()
    }
  })

  it('neither closes a context that was used meanwhile nor forgets that one is in use', async () => {
    const token = await show(person.client, widget(0))
    const kept = await stored()
    const [opening] = Object.entries(kept.session.stepUps)
    if (!opening) throw new Error('nothing was opened')
    const [key, context] = opening
    await challenged(person.client, person.authenticator.factorId, token)
    const noRules = () => Promise.reject(new Error('nobody asks for a rule'))
    const { sessions } = openRepositories(gateway.store, noRules)
    const opened = { accountId: kept.accountId, sessionId: kept.session.id, context }
    expect(await sessions.openStepUp({ ...opened, key: 'new', drop: [{ key, context }] })).toBe(false)
    expect(await sessions.openStepUp({ ...opened, key, drop: [] })).toBe(true)
    const { stepUps } = (await stored()).session
    expect(Object.keys(stepUps)).toEqual([key])
    expect(stepUps[key]?.usedUntil).toEqual(expect.any(Date))
  })
})

describe('R154: room for one more step-up', () => {
  const NOW = new Date('2030-01-01T00:00:00Z')
  const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
  const named = (key: string, endsIn: number, usedFor?: number): NamedContext => ({
    key,
    context: {
      operationHash: key,
      forOperationOnly: true,
      factorIds: ['f' as FactorId],
      expiresAt: at(endsIn),
      ...(usedFor === undefined ? {} : { usedUntil: at(usedFor) }),
    },
  })
  const dropped = (open: readonly NamedContext[], max: number) => roomFor(open, max, NOW).drop.map(({ key }) => key)

  it('drops nothing while there is room', () => {
    expect(roomFor([named('a', 10), named('b', 20)], 3, NOW)).toEqual({ isFull: false, drop: [] })
  })

  it('drops expired ones first', () => {
    expect(dropped([named('a', 10), named('b', 0), named('c', -5)], 3)).toEqual(['b', 'c'])
  })

  it('then drops the oldest unused one, never one with a challenge under way', () => {
    const open = [named('used', 1, 60), named('c', 30), named('b', 20), named('was used', 10, -1)]
    expect(dropped(open, 4)).toEqual(['was used'])
    expect(dropped(open, 3)).toEqual(['was used', 'b'])
    expect(dropped([named('used', -1, 60), named('b', 20)], 2)).toEqual(['b'])
    expect(dropped([named('used', 1, 60)], 1)).toEqual([])
  })
})
