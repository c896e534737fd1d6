import { createAuditLog } from '../../src/audit/index.js'
import { hashOneTimeCode } from '../../src/factors/one-time-code.js'
import type { Factor, TextMessage } from '../../src/factors/index.js'
import { smsFactor } from '../../src/factors/sms/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { NO_ADVANCE } from '../../src/kernel/material-advance.js'
import type { Secrets } from '../../src/kernel/secrets.js'
import { createBudgets } from '../../src/limits/index.js'
import { createMessages } from '../../src/messages/index.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { limitsWorld, type LimitsWorld } from '../limits/support/limits-world.js'
import { advanced, askAbout, codeAnswer, enrolled, judge, NO_ANSWER, NOW, secretsOf } from './world.js'

const GIVEN = { phoneNumber: '+1 (202) 555-0123' }

describe('the factor SMS', () => {
  let world: LimitsWorld
  let sent: TextMessage[]
  beforeEach(async () => {
    world = await limitsWorld('embedded')
    sent = []
  })
  afterEach(() => world.close())

  function kindWith(secrets: Secrets) {
    const { clock } = world
    const store = createAuditRepository(world.store)
    const deps = {
      secrets,
      limits: world.deps,
      budgets: createBudgets(),
      shares: { enrollment: 0.6, unknownDevice: 0.8 },
      audit: createAuditLog({ store, clock, secrets, countryOf: () => null }),
      messages: createMessages({ service: 'Stepgate', language: 'en' }),
      texts: { send: (message: TextMessage) => Promise.resolve(void sent.push(message)) },
    }
    return smsFactor(deps, { challengeSeconds: 600, defaultRegion: null, host: 'id.example.com' })
  }

  const newestCode = (): string => /^\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? ''

  it('sends to the number it was enrolled with, in international form', async () => {
    const kind = kindWith(secretsOf('k1'))
    const { owner, factor } = await enrolled(kind, newId(), GIVEN)
    await askAbout(kind, owner, factor)
    expect(sent.map(({ to }) => to)).toEqual(['+12025550123'])
    expect(sent[0]?.text.endsWith(`\n@id.example.com #${newestCode()}`)).toBe(true)
  })

  it('stores the number under the current key from the next right answer on, and recognises it again then', async () => {
    const before = kindWith(secretsOf('k1'))
    const after = kindWith(secretsOf('k2', 'k1'))
    const { owner, factor } = await enrolled(before, newId(), GIVEN)
    const { challengeId, question } = await askAbout(after, owner, factor)
    const answer = codeAnswer(newestCode())
    const judged = await judge(after, { accountId: owner, factor, challengeId, question, answer, now: NOW })
    if (judged.kind !== 'right') throw new Error('the right answer was wrong')
    const material = advanced(factor.material, judged.advance)
    expect(material).toMatchObject({ sealedNumber: expect.stringMatching(/^k2\./) })
    const resealed: Factor = { ...factor, material: material ?? {} }
    const again = await enrolled(after, owner, GIVEN)
    expect(after.channelOf?.(resealed)).toBe(after.channelOf?.(again.factor))

    // The old key may be removed now.
    const later = kindWith(secretsOf('k2'))
    await askAbout(later, owner, resealed)
    expect(sent.at(-1)?.to).toBe('+12025550123')
  })

  it('changes nothing of the factor while its key is current', async () => {
    const kind = kindWith(secretsOf('k1'))
    const { owner, factor } = await enrolled(kind, newId(), GIVEN)
    const { challengeId, question } = await askAbout(kind, owner, factor)
    const answer = codeAnswer(newestCode())
    expect(await judge(kind, { accountId: owner, factor, challengeId, question, answer, now: NOW })).toEqual({
      kind: 'right',
      advance: NO_ADVANCE,
    })
  })

  it('is answered by the code of its own challenge and by no other', async () => {
    const kind = kindWith(secretsOf('k1'))
    const { owner, factor } = await enrolled(kind, newId(), GIVEN)
    const earlier = await askAbout(kind, owner, factor)
    const codeOfEarlier = newestCode()
    const asked = await askAbout(kind, owner, factor)
    const code = newestCode()
    const verdict = async (
      text: string | null,
      { challengeId, question }: Pick<typeof asked, 'challengeId' | 'question'>,
    ) =>
      (
        await judge(kind, {
          accountId: owner,
          factor,
          challengeId,
          question,
          answer: { ...NO_ANSWER, code: text },
          now: NOW,
        })
      ).kind
    expect(await verdict(code, asked)).toBe('right')
    const other = code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
    for (const text of [other, '', null]) expect(await verdict(text, asked)).toBe('wrong')
    expect(await verdict(codeOfEarlier, earlier)).toBe('right')
    // The code's hash is for its challenge: under another id it is worthless.
    expect(await verdict(code, { ...asked, challengeId: earlier.challengeId })).toBe('wrong')
    expect(await verdict(code, { ...asked, question: {} })).toBe('wrong')
  })

  it('shares a channel with another factor of the account for the same number, and with no other', async () => {
    const kind = kindWith(secretsOf('k1'))
    const owner = newId<AccountId>()
    const channel = async (account: AccountId, phoneNumber: string) =>
      kind.channelOf?.((await enrolled(kind, account, { phoneNumber })).factor)
    const mine = await channel(owner, GIVEN.phoneNumber)
    expect(mine).toEqual(expect.any(String))
    expect(await channel(owner, '+12025550123')).toBe(mine)
    expect(await channel(owner, '+12025550124')).not.toBe(mine)
    expect(await channel(newId(), GIVEN.phoneNumber)).not.toBe(mine)
  })

  it('sends nothing when its key is gone, and accepts no answer', async () => {
    const { owner, factor } = await enrolled(kindWith(secretsOf('k1')), newId(), GIVEN)
    const secrets = secretsOf('k2')
    const kind = kindWith(secrets)
    await expect(askAbout(kind, owner, factor)).rejects.toMatchObject({ name: 'Undeliverable', channel: 'sms' })
    expect(sent).toEqual([])
    const challengeId = newId<Parameters<typeof hashOneTimeCode>[1]>()
    const question = { codeHash: hashOneTimeCode(secrets, challengeId, '123456') }
    const answer = codeAnswer('123456')
    expect(await judge(kind, { accountId: owner, factor, challengeId, question, answer, now: NOW })).toEqual({
      kind: 'unreadable',
    })
  })
})
