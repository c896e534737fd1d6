import { readFileSync } from 'node:fs'
import { ROOMY } from '../support/answers.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { ENDINGS, grantTable, PENDING_THINGS, type Scene } from '../support/pending-grants.js'
import { signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { newOperator } from '../support/services.js'

describe('R123 what waits to be finished', () => {
  let gateway: TestGateway
  let operator: PersonWithFactor

  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_FACTORS: 'TOTP,PUSH,SMS,EMAIL' }
    gateway = await startGateway({ env })
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

  it.each(Object.entries(PENDING_THINGS))('is finished while nothing ends it: %s', async (_, { begin }) => {
    const finish = await begin(await scene())
    expect(await finish()).toBe(true)
  })

  it.each(Object.entries(ENDINGS))('ends, all of it, when %s', async (_, end) => {
    const set = await scene()
    const waiting: [thing: string, finish: () => Promise<boolean>][] = []
    for (const [thing, { begin }] of Object.entries(PENDING_THINGS)) waiting.push([thing, await begin(set)])
    await end(set)
    const finished: string[] = []
    for (const [thing, finish] of waiting) if (await finish()) finished.push(thing)
    expect(finished).toEqual([])
  })

  it('is listed in the threat catalogue with what ends it', () => {
    const page = readFileSync(new URL('../../docs/threats/links-and-grants.md', import.meta.url), 'utf8')
    const cells = (text: string) => text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    const rows = cells(grantTable()).filter(([, first]) => !first?.startsWith('---'))
    expect(cells(page)).toEqual(expect.arrayContaining(rows))
  })
})
