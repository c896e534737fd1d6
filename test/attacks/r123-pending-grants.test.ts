import { readFileSync } from 'node:fs'
import { ROOMY } from '../support/answers.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { ENDINGS, grantTables, SPARING, type GrantEvent } from '../support/grant-endings.js'
import { PENDING_THINGS, type PendingThing, type Scene } from '../support/pending-grants.js'
import { signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { newOperator } from '../support/services.js'

describe.each(STORES)('R123 unfinished steps, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor

  beforeAll(async () => {
    // Long enough that nothing here expires.
    const lives = { STEPGATE_MFA_TOKEN_LIFETIME: '900', STEPGATE_SESSION_PENDING: '3600' }
    const at = { STEPGATE_FACTORS: 'TOTP,PUSH,SMS,EMAIL', STEPGATE_TRUSTED_PROXIES: 'loopback' }
    const env = { ...ROOMY, ...lives, ...at }
    gateway = await startGateway({ store, env })
    operator = await newOperator(gateway)
  })
  afterAll(() => gateway.close())

  async function scene(): Promise<Scene> {
    const person = await withTotp(gateway)
    const { client: owner, result } = await signIn(gateway, person.email)
    if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    await stepUp(gateway, owner, person.authenticator, { mfaToken: result.stepUp.mfaToken })
    return { gateway, person, owner, operator }
  }

  it.each(Object.entries(PENDING_THINGS))('are finished while nothing ends them: %s', async (_, { begin }) => {
    const finish = await begin(await scene())
    expect(await finish()).toBe(true)
  })

  type Things = readonly (readonly [name: string, thing: PendingThing])[]

  /** The steps that can be finished although this event happened while they waited. */
  async function finishedAfter(event: GrantEvent, things: Things): Promise<readonly string[]> {
    const { scene: set, happen } = await event(await scene())
    const waiting: [thing: string, finish: () => Promise<boolean>][] = []
    for (const [thing, { begin }] of things) waiting.push([thing, await begin(set)])
    await happen()
    const finished: string[] = []
    // In reverse order, because the step that ends the others comes first.
    for (const [thing, finish] of waiting.reverse()) if (await finish()) finished.push(thing)
    return finished
  }

  it.each(Object.entries(ENDINGS))('all end when %s', async (_, event) => {
    expect(await finishedAfter(event, Object.entries(PENDING_THINGS))).toEqual([])
  })

  it.each(Object.entries(SPARING))('end no more than necessary when %s', async (_, { event, ends }) => {
    const things: Things = Object.entries(PENDING_THINGS)
    const [first, ...others] = things.filter(([, { endsOthers }]) => endsOthers)
    const inOneScene: Things = [...(first ? [first] : []), ...things.filter(([, { endsOthers }]) => !endsOthers)]
    const finished: string[] = []
    for (const some of [inOneScene, ...others.map((other) => [other])]) {
      finished.push(...(await finishedAfter(event, some)))
    }
    const spared = things.map(([name]) => name).filter((name) => !ends.includes(name))
    expect(finished.sort()).toEqual(spared.sort())
  })

  it('are listed in the threat catalogue with what ends them', () => {
    const page = readFileSync(new URL('../../docs/threats/links-and-grants.md', import.meta.url), 'utf8')
    const cells = (text: string) => text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    expect(cells(page)).toEqual(expect.arrayContaining(cells(grantTables())))
  })
})
