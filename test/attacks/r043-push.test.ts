import {
  ChallengeFactorDocument,
  WatchChallengeDocument,
  EnrollFactorDocument,
} from '../../schema/generated/graphql.js'
import {
  ask,
  challenged,
  eventsOf,
  pendingSignIn,
  ROOMY,
  storedFactor,
  storedPerson,
  verdictOf,
  wrongCode,
} from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { answer, enrollTotp, passedOf, registered, signIn } from '../support/person.js'
import {
  beginPush,
  connect,
  connectDevice,
  deviceWith,
  newKeyPair,
  pushVerdict,
  readConnectUrl,
  verify,
  withPush,
  wrongNumber,
  type SignedParts,
} from '../support/push-device.js'
import { newReceiver } from '../support/push-service.js'

const MANY = 100

async function statusOf(client: Client, challengeId: string) {
  const sent = await client.send(WatchChallengeDocument, { challengeId })
  return sent.data?.challengeStatus ?? codeOf(sent)
}

const numberOf = ({ push }: { readonly push: { readonly number: string } | null }): string => push?.number ?? ''

describe.each(STORES)('R043 prompts on a device, on the %s store', (store) => {
  const gateway = gatewayForAll({
    store,
    env: {
      ...ROOMY,
      STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS: '1000000/900',
      STEPGATE_PUSH_LIMIT: '50/600',
      STEPGATE_MAX_PENDING_SESSIONS: '50',
    },
  })

  /** A sign-in that waits for the device, and its prompt. */
  async function prompted(email: string, factorId: string) {
    const { client } = await pendingSignIn(gateway, email)
    const challenge = await challenged(client, factorId)
    return { client, challenge, number: numberOf(challenge) }
  }

  it('finishes a sign-in once the number on its page is typed on the device', async () => {
    const { email, device } = await withPush(gateway)
    const { client, challenge, number } = await prompted(email, device.factorId)
    expect(number).toMatch(/^[1-9][0-9]$/)
    expect(await statusOf(client, challenge.id)).toBe('WAITING')
    expect(verdictOf(await verify(client, challenge.id))).toBe('CODE_INVALID')

    const { requests } = dataOf(await device.requests()).pushRequests
    expect(requests).toMatchObject([
      { challengeId: challenge.id, purpose: 'SIGN_IN', email, agent: 'Firefox on Linux' },
    ])
    expect(JSON.stringify(requests)).not.toContain(`"${number}"`)
    expect(pushVerdict(await device.approve(challenge.id, number))).toBe('ANSWERED')
    expect(await statusOf(client, challenge.id)).toBe('APPROVED')
    expect(dataOf(await device.requests()).pushRequests.requests).toEqual([])

    const passed = passedOf(dataOf(await verify(client, challenge.id)).verifyChallenge)
    expect(passed.session.assurance).toBe('MFA')
    expect(verdictOf(await verify(client, challenge.id))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await statusOf(client, challenge.id)).toBe('GONE')
  })

  it('cannot be approved without a number', async () => {
    const { email, device } = await withPush(gateway)
    const { client, challenge } = await prompted(email, device.factorId)
    const { number: _left, ...input } = {
      ...device.signed({ action: 'approve', subject: challenge.id, detail: '' }),
      challengeId: challenge.id,
      number: '',
    }
    const query = 'mutation M($input: ApprovePushRequestInput!) { approvePushRequest(input: $input) { __typename } }'
    const body = (variables: object) => JSON.stringify({ query, variables })
    const without = await gateway.client().post(body({ input }))
    expect(codeOf(without)).toBe('BAD_USER_INPUT')
    for (const number of ['', ' ', '0', '00', '7', '100', '-1', '１２', '12\n', 'undefined', '9'.repeat(4000)]) {
      await gateway.client().post(body({ input: { ...input, number } }))
      expect(pushVerdict(await device.approve(challenge.id, number))).not.toBe('ANSWERED')
    }
    expect(verdictOf(await verify(client, challenge.id))).not.toBe('PASSED')
  })

  it('counts a wrong number like a wrong code, until the sign-in ends', async () => {
    const { email, device } = await withPush(gateway)
    const { client, challenge, number } = await prompted(email, device.factorId)
    for (let nth = 1; nth <= 5; nth++) {
      const sent = await device.approve(challenge.id, wrongNumber(number, nth))
      expect(sent.data?.approvePushRequest).toEqual({
        __typename: 'ChallengeFailed',
        code: 'CODE_INVALID',
        attemptsLeft: 5 - nth,
      })
    }
    expect(pushVerdict(await device.approve(challenge.id, number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await verify(client, challenge.id))).toBe('UNAUTHENTICATED')
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(5)
    expect((await storedFactor(gateway, email, device.factorId)).consecutiveFailures).toBe(5)
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(5)
  })

  it('gives the attempt of a right number back', async () => {
    const { email, device } = await withPush(gateway)
    const { challenge, number } = await prompted(email, device.factorId)
    await device.approve(challenge.id, wrongNumber(number))
    await device.approve(challenge.id, number)
    const person = await storedPerson(gateway, email)
    const open = Object.values(person.sessions).flatMap((session) => Object.values(session.challenges))
    expect(open.find(({ id }) => id === challenge.id)?.attemptsLeft).toBe(4)
    expect(person.stepUpBudget.failures).toBe(1)
    expect((await storedFactor(gateway, email, device.factorId)).consecutiveFailures).toBe(1)
  })

  it('ends the challenge and its sign-in when the device denies, and records an alarm', async () => {
    const { email, device } = await withPush(gateway)
    const { client, challenge, number } = await prompted(email, device.factorId)
    expect(pushVerdict(await device.deny(challenge.id))).toBe('ANSWERED')
    expect(pushVerdict(await device.approve(challenge.id, number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(pushVerdict(await device.deny(challenge.id))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await verify(client, challenge.id))).toBe('UNAUTHENTICATED')
    expect(codeOf(await ask(client, device.factorId))).toBe('UNAUTHENTICATED')

    expect((await storedPerson(gateway, email)).suspicionAt).toEqual(gateway.clock.now())
    expect(await eventsOf(gateway, email, 'push.denied')).toMatchObject([
      { outcome: 'DENIED', metadata: { purpose: 'SIGN_IN', askedFrom: 'Firefox on Linux' } },
    ])
    await pendingSignIn(gateway, email)
    const assessed = (await eventsOf(gateway, email, 'risk.assessed')).at(-1)
    expect(assessed?.risk?.contributions.map(({ code }) => code)).toContain('PROMPT_DENIED')
  })

  it('ends a step-up when the device denies, and sends the session no more prompts until it would have expired', async () => {
    const { client, device } = await withPush(gateway)
    const challenge = await challenged(client, device.factorId)
    await device.deny(challenge.id)
    expect(await statusOf(client, challenge.id)).toBe('DENIED')
    expect(verdictOf(await verify(client, challenge.id))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(codeOf(await ask(client, device.factorId))).toBe('TOO_MANY_ATTEMPTS')
    gateway.clock.advance(600)
    expect(codeOf(await ask(client, device.factorId))).toBeNull()
  })

  it('answers a challenge of another session, person or kind like an unknown one', async () => {
    const [mine, theirs] = [await withPush(gateway), await withPush(gateway)]
    const { challenge, number, client } = await prompted(mine.email, mine.device.factorId)
    expect(pushVerdict(await theirs.device.approve(challenge.id, number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(pushVerdict(await theirs.device.deny(challenge.id))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(pushVerdict(await mine.device.approve('A'.repeat(22), number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await statusOf(theirs.client, challenge.id)).toBe('GONE')
    expect(await statusOf(mine.client, challenge.id)).toBe('GONE')
    await mine.device.approve(challenge.id, number)
    // Only the session that started it can finish: not another one of the same account.
    expect(verdictOf(await verify(mine.client, challenge.id))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await verify(client, challenge.id))).toBe('PASSED')
  })

  it("accepts the answer of the account's second device only for that device's own challenges", async () => {
    const { email, client, device } = await withPush(gateway)
    const begun = await beginPush(client)
    const second = await connectDevice(gateway, begun.connectUrl)
    const { challenge, number } = await prompted(email, device.factorId)
    expect(pushVerdict(await second.approve(challenge.id, number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(pushVerdict(await device.approve(begun.challenge.id, begun.number))).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it.each<[string, (parts: { readonly now: Date; readonly other: string }) => Partial<SignedParts>]>([
    ['another domain', () => ({ domain: 'stepgate-push/2' })],
    ['another gateway', () => ({ audience: 'https://evil.example' })],
    ['a denial', () => ({ action: 'deny' })],
    ['a list', () => ({ action: 'list' })],
    ['another challenge', ({ other }) => ({ subject: other })],
    ['another number', () => ({ detail: '10' })],
    ['a stale clock', ({ now }) => ({ issuedAt: new Date(now.getTime() - 61_000) })],
    ['a clock ahead', ({ now }) => ({ issuedAt: new Date(now.getTime() + 61_000) })],
    ['an unknown device', () => ({ device: `${'A'.repeat(22)}.${'A'.repeat(22)}` })],
    ['a malformed device', () => ({ device: '__proto__.constructor' })],
  ])('refuses a signature over %s, and spends no attempt for it', async (_, forge) => {
    const { email, device } = await withPush(gateway)
    const { challenge, number } = await prompted(email, device.factorId)
    const right = number === '10' ? '11' : number
    const forged = forge({ now: gateway.clock.now(), other: 'A'.repeat(22) })
    const call = device.signed({ action: 'approve', subject: challenge.id, detail: right }, forged)
    const query =
      'mutation M($input: ApprovePushRequestInput!) { approvePushRequest(input: $input) { ... on ChallengeFailed { code attemptsLeft } } }'
    const variables = { input: { ...call, challengeId: challenge.id, number: right } }
    const sent = await gateway.client().post(JSON.stringify({ query, variables }))
    expect(dataOf(sent)).toEqual({ approvePushRequest: { code: 'CHALLENGE_NOT_AVAILABLE', attemptsLeft: null } })
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
  })

  it('refuses a call whose values were altered, that another key signed, or that is repeated', async () => {
    const { email, device } = await withPush(gateway)
    const { challenge, number, client } = await prompted(email, device.factorId)
    const { audience } = readConnectUrl((await beginPush((await withPush(gateway)).client)).connectUrl)
    const stranger = deviceWith(gateway, { device: device.device, audience, keys: newKeyPair() })
    expect(pushVerdict(await stranger.approve(challenge.id, number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(codeOf(await stranger.requests())).toBe('UNAUTHENTICATED')

    const query = 'mutation M($input: ApprovePushRequestInput!) { approvePushRequest(input: $input) { __typename } }'
    const send = (input: object) => gateway.client().post(JSON.stringify({ query, variables: { input } }))
    const call = device.signed({ action: 'approve', subject: challenge.id, detail: wrongNumber(number) })
    const altered = await send({ ...call, challengeId: challenge.id, number })
    expect(altered.data).toEqual({ approvePushRequest: { __typename: 'ChallengeFailed' } })
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)

    const right = { ...device.signed({ action: 'approve', subject: challenge.id, detail: number }) }
    expect((await send({ ...right, challengeId: challenge.id, number })).data).toEqual({
      approvePushRequest: { __typename: 'PushAnswered' },
    })
    expect((await send({ ...right, challengeId: challenge.id, number })).data).toEqual({
      approvePushRequest: { __typename: 'ChallengeFailed' },
    })
    expect(verdictOf(await verify(client, challenge.id))).toBe('PASSED')
  })

  it('judges five of a hundred parallel guesses and never lets two pass', async () => {
    const { email, device } = await withPush(gateway)
    const { challenge, number } = await prompted(email, device.factorId)
    const answers = await Promise.all(
      Array.from({ length: MANY }, (_, nth) => device.approve(challenge.id, wrongNumber(number, (nth % 89) + 1))),
    )
    const verdicts = answers.map(pushVerdict)
    expect(verdicts.filter((verdict) => verdict === 'CODE_INVALID')).toHaveLength(5)
    expect(verdicts.filter((verdict) => verdict === 'CHALLENGE_NOT_AVAILABLE')).toHaveLength(MANY - 5)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(5)
  }, 60_000)

  it('approves one of a hundred parallel right answers, costs no attempt, and passes once', async () => {
    const { email, device } = await withPush(gateway)
    const { challenge, number, client } = await prompted(email, device.factorId)
    const answers = await Promise.all(Array.from({ length: MANY }, () => device.approve(challenge.id, number)))
    expect(new Set(answers.map(pushVerdict)).has('ANSWERED')).toBe(true)
    expect(await eventsOf(gateway, email, 'push.approved')).toHaveLength(2) // one of them at enrolment
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)
    expect((await storedFactor(gateway, email, device.factorId)).consecutiveFailures).toBe(0)

    const passes = await Promise.all(Array.from({ length: MANY }, () => verify(client.copy(), challenge.id)))
    expect(passes.map(verdictOf).filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
  }, 60_000)

  it('lets either the approval or the denial win when both come at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { email, device } = await withPush(gateway)
      const { challenge, number, client } = await prompted(email, device.factorId)
      const both = await Promise.all([device.approve(challenge.id, number), device.deny(challenge.id)])
      const [approved, denied] = both.map(pushVerdict)
      expect([approved, denied].sort()).toEqual(['ANSWERED', 'CHALLENGE_NOT_AVAILABLE'])
      const verdict = verdictOf(await verify(client, challenge.id))
      expect(verdict).toBe(approved === 'ANSWERED' ? 'PASSED' : 'UNAUTHENTICATED')
    }
  }, 60_000)

  it("R017 checks the account's lock when the number is typed and when the sign-in is finished", async () => {
    const { email, client, device } = await withPush(gateway)
    const { authenticator } = await enrollTotp(gateway, client)
    const before = await prompted(email, device.factorId)
    const after = await prompted(email, device.factorId)
    await device.approve(after.challenge.id, after.number)
    for (let nth = 0; nth < 10; nth++) {
      const { client: guesser } = await pendingSignIn(gateway, email)
      const { id } = await challenged(guesser, authenticator.factorId)
      await answer(guesser, id, wrongCode(authenticator, gateway, nth))
    }
    expect(pushVerdict(await device.approve(before.challenge.id, before.number))).toBe('TOO_MANY_ATTEMPTS')
    expect(verdictOf(await verify(after.client, after.challenge.id))).toBe('TOO_MANY_ATTEMPTS')
  }, 60_000)

  it('ends a prompt when it expires, before and after it was approved', async () => {
    const { email, device } = await withPush(gateway)
    const early = await prompted(email, device.factorId)
    gateway.clock.advance(10)
    await device.approve(early.challenge.id, early.number)
    const late = await prompted(email, device.factorId)
    gateway.clock.advance(600)
    expect(dataOf(await device.requests()).pushRequests.requests).toEqual([])
    expect(pushVerdict(await device.approve(late.challenge.id, late.number))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await verify(early.client, early.challenge.id))).not.toBe('PASSED')
  })

  describe('connecting a device', () => {
    it('works once, for the first caller', async () => {
      const { email, client } = await withPush(gateway)
      const { factor, challenge, connectUrl } = await beginPush(client)
      const { token } = readConnectUrl(connectUrl)
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => connect(gateway, token, newKeyPair().publicKey)),
      )
      expect(answers.filter((each) => codeOf(each) === null)).toHaveLength(1)
      expect(codeOf(await connect(gateway, token, newKeyPair().publicKey))).toBe('BAD_USER_INPUT')
      expect(verdictOf(await verify(client, challenge.id))).toBe('CODE_INVALID')
      expect((await storedFactor(gateway, email, factor.id)).status).toBe('PENDING')
      expect(await eventsOf(gateway, email, 'push.connected')).toHaveLength(2)
    })

    it('expires after ten minutes, and ends with the next enrolment', async () => {
      const { client } = await withPush(gateway)
      const first = readConnectUrl((await beginPush(client)).connectUrl)
      const second = readConnectUrl((await beginPush(client)).connectUrl)
      expect(codeOf(await connect(gateway, first.token, newKeyPair().publicKey))).toBe('BAD_USER_INPUT')
      gateway.clock.advance(600)
      expect(codeOf(await connect(gateway, second.token, newKeyPair().publicKey))).toBe('BAD_USER_INPUT')
    })

    it('stores neither the token nor the number, and refuses an altered one', async () => {
      const { email, client } = await withPush(gateway)
      const { connectUrl, number, factor } = await beginPush(client)
      const { token } = readConnectUrl(connectUrl)
      const secret = token.split('.')[2] ?? ''
      expect(secret.length).toBe(43)
      const kept = JSON.stringify(await storedFactor(gateway, email, factor.id))
      expect(kept).not.toContain(secret)
      const questions = Object.values((await storedPerson(gateway, email)).sessions)
        .flatMap((session) => Object.values(session.challenges))
        .map(({ question }) => JSON.stringify(question))
      expect(questions.join()).not.toContain(`"${number}"`)
      for (const altered of [
        `${token}A`,
        token.slice(1),
        secret,
        '',
        '..',
        `__proto__.${token}`,
        token.toLowerCase(),
      ]) {
        expect(codeOf(await connect(gateway, altered, newKeyPair().publicKey))).toBe('BAD_USER_INPUT')
      }
    })

    it.each([
      ['an empty key', ''],
      ['a key on another curve', newKeyPair('P-384').publicKey],
      ['a key with something behind it', `${newKeyPair().publicKey}AA`],
      ['a private key as JWK', '{"kty":"EC","crv":"P-256","d":"AA"}'],
      ['zeros', 'A'.repeat(122)],
      ['a wall of text', 'A'.repeat(100_000).slice(0, 60_000)],
    ])('refuses %s and leaves the token valid', async (_, publicKey) => {
      const { client } = await withPush(gateway)
      const { token } = readConnectUrl((await beginPush(client)).connectUrl)
      expect(codeOf(await connect(gateway, token, publicKey))).toBe('BAD_USER_INPUT')
      expect(codeOf(await connect(gateway, token, newKeyPair().publicKey))).toBeNull()
    })

    it('proves nothing by itself: an unproved device cannot answer a sign-in', async () => {
      const { email, client, device } = await withPush(gateway)
      const begun = await beginPush(client)
      await connectDevice(gateway, begun.connectUrl)
      const { client: pending } = await pendingSignIn(gateway, email)
      expect(codeOf(await ask(pending, begun.factor.id))).toBe('BAD_USER_INPUT')
      expect(codeOf(await ask(pending, device.factorId))).toBeNull()
    })
  })

  it.each([
    ['a file', 'file:///etc/passwd'],
    ['plain http', 'http://fcm.googleapis.com/fcm/send/x'],
    ['this machine', 'https://127.0.0.1/x'],
    ['metadata', 'http://169.254.169.254/latest/meta-data'],
    ['a host that is not listed', 'https://push.example.com/x'],
    ['a listed host in the user name', 'https://fcm.googleapis.com@evil.example/x'],
    ['a listed host as a part', 'https://fcm.googleapis.com.evil.example/x'],
    ['another port', 'https://fcm.googleapis.com:8443/x'],
    ['nothing', ''],
  ])('does not accept a subscription to %s', async (_, endpoint) => {
    const { device } = await withPush(gateway)
    const subscription = { endpoint, ...newReceiver().keys }
    expect(codeOf(await device.subscribe(subscription))).toBe('BAD_USER_INPUT')
  })
})

describe.each(STORES)('R043 a device that is prompted too often, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_MAX_PENDING_SESSIONS: '50' } })

  it('is paused after three prompts in ten minutes, whichever session started them', async () => {
    const { email, device } = await withPush(gateway)
    const sessions = []
    for (let nth = 0; nth < 10; nth++) sessions.push((await pendingSignIn(gateway, email)).client)
    const asked = await Promise.all(
      sessions.flatMap((client) => [ask(client, device.factorId), ask(client.copy(), device.factorId)]),
    )
    const given = asked.filter((each) => codeOf(each) === null)
    const codes = asked.map(codeOf)
    expect(codes.filter((code) => code !== null && code !== 'RATE_LIMITED' && code !== 'UNAVAILABLE')).toEqual([])
    expect(given.length).toBeLessThanOrEqual(3)
    const more = []
    for (const client of sessions) more.push(codeOf(await ask(client, device.factorId)))
    expect(given.length + more.filter((code) => code === null).length).toBe(3)
    expect(more.at(-1)).toBe('RATE_LIMITED')

    gateway.clock.advance(601)
    const { client } = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(client, device.factorId))).toBeNull()
  })

  it('says when it can be prompted again, with a sliding window', async () => {
    const { email, device } = await withPush(gateway)
    const { client } = await pendingSignIn(gateway, email)
    for (let nth = 0; nth < 3; nth++) {
      await challenged(client, device.factorId)
      gateway.clock.advance(100)
    }
    const refused = await ask(client, device.factorId)
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 300 })
    gateway.clock.advance(300)
    const { client: later } = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(later, device.factorId))).toBeNull()
    expect(codeOf(await ask(later, device.factorId))).toBe('RATE_LIMITED')
  })
})

describe('a gateway without push', () => {
  it('offers no prompts', async () => {
    const gateway = await startGateway({ env: { STEPGATE_FACTORS: 'TOTP' } })
    const { client } = await signIn(gateway, await registered(gateway))
    const sent = await client.send(EnrollFactorDocument, { input: { type: 'PUSH' } })
    expect(codeOf(sent)).toBe('BAD_USER_INPUT')
    const asked = await client.send(ChallengeFactorDocument, { input: { factorId: 'A'.repeat(22) } })
    expect(codeOf(asked)).toBe('BAD_USER_INPUT')
    await gateway.close()
  })
})
