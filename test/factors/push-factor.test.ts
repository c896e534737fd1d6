import { pushFactor, readMaterial, type PushDelivery } from '../../src/factors/push/index.js'
import type { Asked, AskRequest, Factor, Question } from '../../src/factors/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type ChallengeId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/kernel/logger.js'
import { newKeyPair } from '../support/push-device.js'
import { advanced, codeAnswer, CONTEXT, enrolled, judge, NO_ANSWER, NOW, secretsOf } from './world.js'

const silence: PushDelivery = { publicKey: null, admits: () => false, wake: async () => 'failed' }
const kind = pushFactor(
  {
    secrets: secretsOf('k1'),
    logger: silentLogger,
    audit: { record: async () => undefined },
    delivery: silence,
    subscriptions: { drop: async () => undefined },
    countryOf: () => 'DE',
  },
  {
    publicUrl: 'https://auth.example.com',
    connectSeconds: 600,
    challengeSeconds: 600,
    rate: { count: 3, withinSeconds: 600 },
    knownReserve: 0.2,
  },
)

type Prompt = Extract<Asked, { kind: 'asked' }>

function ask(owner: AccountId, factor: Factor, now = NOW, isKnownCaller = false) {
  const challengeId = newId<ChallengeId>()
  const request: AskRequest = {
    accountId: owner,
    factor,
    factors: [factor],
    challengeId,
    purpose: 'SIGN_IN',
    isKnownCaller,
    ownMailbox: null,
    label: 'ada@example.com',
    language: null,
    context: CONTEXT,
    now,
  }
  return Promise.resolve(kind.ask?.(request) ?? Promise.reject(new Error('the kind asks nothing')))
}

async function asked(owner: AccountId, factor: Factor, now = NOW): Promise<Prompt> {
  const made = await ask(owner, factor, now)
  if (made.kind !== 'asked') throw new Error('the factor is paused')
  return made
}

/** A factor whose device is connected. */
async function connected() {
  const { owner, factor, reveal } = await enrolled(kind)
  const { publicKey } = newKeyPair()
  return { owner, reveal, factor: { ...factor, material: { ...factor.material, connectHash: null, publicKey } } }
}

const approvedOf = ({ question }: Prompt): Question => ({ ...question, state: 'approved' })

describe('the factor kind PUSH', () => {
  it('stores nothing of the link it shows, and makes another one every time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => enrolled(kind)))
    const tokens = all.map(({ reveal }) => reveal.push?.connectUrl.split('.').at(-1) ?? '')
    expect(new Set(tokens).size).toBe(20)
    for (const { factor } of all)
      for (const token of tokens) expect(JSON.stringify(factor.material)).not.toContain(token)
    expect(all[0]?.reveal.push?.connectUrl).toMatch(
      /^https:\/\/auth\.example\.com\/push#connect=[\w-]{22}\.[\w-]{22}\.[\w-]{43}$/,
    )
  })

  it('stores plain values only, which every store represents alike', async () => {
    const { owner, factor } = await connected()
    expect(JSON.parse(JSON.stringify(factor.material))).toEqual(factor.material)
    const { question } = await asked(owner, factor)
    expect(JSON.parse(JSON.stringify(question))).toEqual(question)
  })

  it('uses each of the ninety numbers, and stores none of them', async () => {
    const { owner, factor } = await connected()
    const seen = new Set<string>()
    for (let nth = 0; nth < 3000; nth++) {
      const { shown, question } = await asked(owner, factor)
      const number = shown.push?.number ?? ''
      expect(number).toMatch(/^[1-9][0-9]$/)
      expect(Object.values(question)).not.toContain(number)
      seen.add(number)
    }
    expect(seen.size).toBe(90)
  })

  it('describes the requesting client, in words the client does not choose', async () => {
    const { owner, factor } = await connected()
    expect((await asked(owner, factor)).question).toMatchObject({ agent: 'Firefox on Linux', country: 'DE' })
  })

  it('accepts only an approved challenge of a connected device, whatever is answered', async () => {
    const { owner, factor } = await connected()
    const made = await asked(owner, factor)
    const answers = [NO_ANSWER, codeAnswer(made.shown.push?.number ?? ''), codeAnswer('approved')]
    for (const answer of answers) {
      const request = { accountId: owner, factor, answer, now: NOW }
      expect(await judge(kind, { ...request, question: made.question })).toEqual({ kind: 'wrong' })
      expect(await judge(kind, { ...request, question: { ...made.question, state: 'denied' } })).toEqual({
        kind: 'wrong',
      })
      expect(await judge(kind, { ...request, question: {} })).toEqual({ kind: 'wrong' })
      expect(await judge(kind, { ...request, question: approvedOf(made) })).toMatchObject({ kind: 'right' })
      const unconnected = { ...factor, material: { ...factor.material, publicKey: null } }
      expect(await judge(kind, { ...request, factor: unconnected, question: approvedOf(made) })).toEqual({
        kind: 'wrong',
      })
    }
  })

  it('binds a right answer to the device that gave it', async () => {
    const { owner, factor } = await connected()
    const made = await asked(owner, factor)
    const request = { accountId: owner, factor, answer: NO_ANSWER, now: NOW, question: approvedOf(made) }
    const judged = await judge(kind, request)
    if (judged.kind !== 'right') throw new Error('the right answer was wrong')
    expect(advanced(factor.material, judged.advance)).toEqual(factor.material)
    expect(advanced({ ...factor.material, publicKey: newKeyPair().publicKey }, judged.advance)).toBeNull()
  })

  it('treats unreadable material as unreadable, and does not throw', async () => {
    const { owner, factor } = await connected()
    const question = approvedOf(await asked(owner, factor))
    for (const material of [
      {},
      { prompts: 7 },
      { ...factor.material, publicKey: 7 },
      { ...factor.material, prompts: null },
    ]) {
      const judged = await judge(kind, {
        accountId: owner,
        factor: { ...factor, material },
        answer: NO_ANSWER,
        now: NOW,
        question,
      })
      expect(judged).toEqual({ kind: 'unreadable' })
      expect(kind.channelOf?.({ ...factor, material })).toBeNull()
    }
  })

  it('waits until the device has answered', async () => {
    const { owner, factor } = await connected()
    const { question } = await asked(owner, factor)
    expect(kind.isWaiting?.(question)).toBe(true)
    for (const state of ['approved', 'denied', '', null]) expect(kind.isWaiting?.({ ...question, state })).toBe(false)
  })

  it('treats two factors with one key as one, and none without a key', async () => {
    const [one, other] = [await connected(), await connected()]
    const channel = kind.channelOf?.(one.factor)
    expect(channel).toEqual(kind.channelOf?.({ ...other.factor, material: one.factor.material }))
    expect(channel).not.toEqual(kind.channelOf?.(other.factor))
    expect(kind.channelOf?.((await enrolled(kind)).factor)).toBeNull()
  })

  it('is paused after three prompts, with a sliding window, and makes one of two parallel callers read again', async () => {
    const { owner, factor: start } = await connected()
    let factor: Factor = start
    for (const seconds of [0, 100, 200]) {
      const { advance } = await asked(owner, factor, secondsAfter(NOW, seconds))
      if (!advance) throw new Error('the prompt is not counted')
      const material = advanced(factor.material, advance)
      if (!material) throw new Error('the prompt cannot be counted')
      expect(advanced(material, advance)).toBeNull()
      factor = { ...factor, material }
    }
    expect(readMaterial(factor.material)?.prompts.split(',')).toHaveLength(3)
    expect(await ask(owner, factor, secondsAfter(NOW, 599))).toEqual({ kind: 'resting', until: secondsAfter(NOW, 600) })
    const later = await asked(owner, factor, secondsAfter(NOW, 600))
    const material = later.advance ? advanced(factor.material, later.advance) : null
    expect(await ask(owner, { ...factor, material: material ?? {} }, secondsAfter(NOW, 601))).toEqual({
      kind: 'resting',
      until: secondsAfter(NOW, 700),
    })
  })

  it('counts unreadable times as now', async () => {
    const { owner, factor } = await connected()
    const broken = { ...factor, material: { ...factor.material, prompts: 'x,y,-1' } }
    expect(await ask(owner, broken)).toEqual({ kind: 'resting', until: secondsAfter(NOW, 600) })
  })
})
