import {
  MyFactorsDocument,
  RefreshSessionDocument,
  RemoveFactorDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { verifyStoredLog } from '../support/stored-log.js'
import { challenged, eventsOf, guess, storedFactor, storedPerson } from '../support/answers.js'
import { codeOf, createClient, dataOf } from '../support/client.js'
import { PASSWORD } from '../support/person.js'
import { count, enroll, racer, spread, type Arena } from './arena.js'

const CALLS = 100
const SESSIONS = 8

/** What must hold for any number of callers and processes. */
export function describeRaces(name: string, open: () => Promise<Arena>, rounds: number): void {
  describe(name, () => {
    let arena: Arena
    beforeAll(async () => {
      arena = await open()
    }, 120_000)
    afterAll(() => arena.close())

    it(`R003 accepts one of ${CALLS} answers with one code to one challenge, ${rounds} times in a row`, async () => {
      for (let round = 0; round < rounds; round++) {
        const { client, app, email } = await racer(arena)
        const { id } = await challenged(client, app.factorId)
        const code = app.code()
        const verdicts = await Promise.all(spread(arena, client, CALLS).map((each) => guess(each, id, code)))
        expect({ round, passed: count(verdicts, 'PASSED') }).toEqual({ round, passed: 1 })
        // One event activated the factor before, one comes from the race.
        expect(await eventsOf(arena, email, 'challenge.passed')).toHaveLength(2)
      }
    }, 120_000)

    it(`R003 accepts one code once when ${SESSIONS} sign-ins of the account try it at once`, async () => {
      const { app, email } = await racer(arena)
      const sessions = await Promise.all(
        Array.from({ length: SESSIONS }, async (_, nth) => {
          const client = createClient(arena.urls[nth % arena.urls.length] ?? arena.urls[0])
          dataOf(await client.send(SignInDocument, { input: { email, password: PASSWORD } }))
          return { client, id: (await challenged(client, app.factorId)).id }
        }),
      )
      const code = app.code()
      const answers = sessions.flatMap(({ client, id }) =>
        spread(arena, client, Math.ceil(CALLS / SESSIONS)).map((each) => guess(each, id, code)),
      )
      expect(count(await Promise.all(answers), 'PASSED')).toBe(1)
    }, 60_000)

    it(`R020 judges five of ${CALLS} wrong answers to one challenge`, async () => {
      const { client, app, email } = await racer(arena)
      const { id } = await challenged(client, app.factorId)
      const verdicts = await Promise.all(
        spread(arena, client, CALLS).map((each, nth) => guess(each, id, app.wrongCode(nth))),
      )
      expect(count(verdicts, 'CODE_INVALID')).toBe(5)
      expect(count(verdicts, 'PASSED')).toBe(0)
      expect(await eventsOf(arena, email, 'challenge.failed')).toHaveLength(5)
      expect((await storedFactor(arena, email, app.factorId)).consecutiveFailures).toBe(5)
    }, 60_000)

    it(`R004 gives ${CALLS} refreshes of one token one child`, async () => {
      const { email, refreshToken } = await racer(arena, 'BEARER')
      const input = { refreshToken: refreshToken ?? '' }
      const callers = spread(arena, createClient(arena.urls[0]), CALLS)
      const answers = await Promise.all(callers.map((each) => each.send(RefreshSessionDocument, { input })))
      const children = answers.flatMap(({ data }) => (data ? [data.refreshSession.refreshToken] : []))
      expect(children.length).toBeGreaterThan(0)
      expect(new Set(children).size).toBe(1)
      expect(new Set(answers.filter(({ data }) => !data).map(codeOf))).not.toContain('INTERNAL_SERVER_ERROR')
      expect(await eventsOf(arena, email, 'session.refreshed')).toHaveLength(1)

      const { sessions } = await storedPerson(arena, email)
      const hashes = Object.values(sessions).flatMap(({ refresh }) => refresh?.hash ?? [])
      expect(hashes.length).toBeLessThanOrEqual(1)
      const next = await callers[0]!.send(RefreshSessionDocument, { input: { refreshToken: children[0] ?? '' } })
      // A call more than five seconds after the first is a replay and ends the session; that only happens on a slow
      // machine.
      expect(codeOf(next)).toBe(hashes.length === 1 ? null : 'UNAUTHENTICATED')
    }, 60_000)

    it(`R036 accepts the last recovery code of one of ${CALLS} callers`, async () => {
      const { client, email, recoveryCodes } = await racer(arena)
      const { myFactors } = dataOf(await client.send(MyFactorsDocument))
      const factorId = myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.id ?? ''
      for (const code of recoveryCodes.slice(0, 9)) {
        expect(await guess(client, (await challenged(client, factorId)).id, code)).toBe('PASSED')
      }
      const { id } = await challenged(client, factorId)
      const last = recoveryCodes[9] ?? ''
      const verdicts = await Promise.all(spread(arena, client, CALLS).map((each) => guess(each, id, last)))
      expect(count(verdicts, 'PASSED')).toBe(1)
      expect((await storedFactor(arena, email, factorId)).material).toEqual({ codes: {} })
      expect(await eventsOf(arena, email, 'recovery_code.used')).toHaveLength(10)
    }, 60_000)

    it(`R050 leaves one factor when ${CALLS} callers remove the last two at the same moment`, async () => {
      for (let round = 0; round < rounds; round++) {
        const { client, app, email } = await racer(arena)
        const { app: second } = await enroll(arena, client)
        const removals = spread(arena, client, CALLS).map((each, nth) =>
          each.send(RemoveFactorDocument, { factorId: [app, second][(nth >> 1) % 2]!.factorId }),
        )
        const answers = await Promise.all(removals)
        const removed = answers.filter(({ data }) => data?.removeFactor.removed)
        const codes = new Set(answers.filter(({ data }) => !data).map(codeOf))
        const { factors, activeFactorCount } = await storedPerson(arena, email)
        const left = Object.values(factors).filter(({ type }) => type === 'TOTP')
        expect({ round, removed: removed.length, left: left.length, activeFactorCount }).toEqual({
          round,
          removed: 1,
          left: 1,
          activeFactorCount: 1,
        })
        expect([...codes].filter((code) => code !== 'FORBIDDEN' && code !== 'BAD_USER_INPUT')).toEqual([])
        const events = await eventsOf(arena, email, 'factor.removed')
        expect(events.filter(({ outcome }) => outcome === 'SUCCESS')).toHaveLength(1)
      }
    }, 60_000)

    it('has an unbroken audit log of all of them', async () => {
      const log = createAuditRepository(arena.store)
      const { kind, checked } = await verifyStoredLog(arena.store, arena.keys)
      expect(kind).toBe('intact')
      expect(checked).toBe(await log.count())
      expect(checked).toBeGreaterThan(100)
    })
  })
}
