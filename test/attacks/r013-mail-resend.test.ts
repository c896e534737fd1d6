import { SignUpDocument } from '../../schema/generated/graphql.js'
import { ask, challenged, eventsOf, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Answer } from '../support/client.js'
import { beginEmail, codesMailedTo, otherCode, withMailbox } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD, registered, signIn } from '../support/person.js'

const refusalOf = (answer: Answer<unknown>) => ({
  status: answer.status,
  code: codeOf(answer),
  retryAfterSeconds: answer.errors[0]?.extensions['retryAfterSeconds'],
  header: answer.headers.get('retry-after'),
})
const limited = (seconds: number) => ({
  status: 429,
  code: 'RATE_LIMITED',
  retryAfterSeconds: seconds,
  header: String(seconds),
})

describe.each(STORES)('a repeated mailed code, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_EMAIL_CODE_LIMIT_ACCOUNT: '15/3600' } })

  const wait = (until: string | null): number => {
    const seconds = (new Date(until ?? '').getTime() - gateway.clock.now().getTime()) / 1000
    gateway.clock.advance(seconds)
    return seconds
  }

  it('R012 replaces the code: the first is invalid, the second can be answered', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const first = await challenged(client, mailbox.factorId)
    const before = await mailbox.code()
    gateway.clock.advance(30)
    const second = await challenged(client, mailbox.factorId)
    expect(await guess(client, first.id, before)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, first.id, await mailbox.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, second.id, before)).toBe('CODE_INVALID')
    expect(await guess(client, second.id, await mailbox.code())).toBe('PASSED')
  })

  it('R013 does not reset the count: four wrong, a new code, one wrong, and the attempts are used up', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const first = await challenged(client, mailbox.factorId)
    const codes = [await mailbox.code()]
    for (let nth = 0; nth < 4; nth++) await guess(client, first.id, otherCode(codes, nth))
    gateway.clock.advance(30)
    const second = await challenged(client, mailbox.factorId)
    expect(second.attemptsLeft).toBe(1)
    codes.push(await mailbox.code())
    expect(await guess(client, second.id, otherCode(codes))).toBe('CODE_INVALID')
    expect(await guess(client, second.id, codes[1] ?? '')).toBe('CHALLENGE_NOT_AVAILABLE')
    gateway.clock.advance(60)
    expect(codeOf(await ask(client, mailbox.factorId))).toBe('TOO_MANY_ATTEMPTS')
    expect(await codesMailedTo(gateway, mailbox.address)).toHaveLength(3)
  })

  it('R013 has to wait longer each time, and nothing is sent meanwhile', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const known = (await codesMailedTo(gateway, mailbox.address)).length
    const waits: number[] = []
    for (let nth = 1; nth <= 6; nth++) {
      const { resendAvailableAt } = await challenged(client, mailbox.factorId)
      const seconds = (new Date(resendAvailableAt ?? '').getTime() - gateway.clock.now().getTime()) / 1000
      gateway.clock.advance(seconds - 1)
      expect(refusalOf(await ask(client, mailbox.factorId))).toEqual(limited(1))
      gateway.clock.advance(1)
      waits.push(seconds)
      expect(await codesMailedTo(gateway, mailbox.address)).toHaveLength(known + nth)
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 480])
  })

  it('R042 is sent once for fifty parallel requests', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const known = (await codesMailedTo(gateway, mailbox.address)).length
    const asked = await Promise.all(Array.from({ length: 50 }, () => ask(client.copy(), mailbox.factorId)))
    const begun = asked.flatMap(({ data }) => (data ? [data.challengeFactor.id] : []))
    expect(begun).toHaveLength(1)
    expect(new Set(asked.filter(({ data }) => !data).map(codeOf))).toEqual(new Set(['RATE_LIMITED']))
    expect(await codesMailedTo(gateway, mailbox.address)).toHaveLength(known + 1)
    expect(await guess(client, begun[0] ?? '', await mailbox.code())).toBe('PASSED')
  })

  it('R013 waits for a mailbox that is being enrolled too, and only its own session can request another', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { client: other } = await signIn(gateway, email)
    const { mailbox, challenge } = await beginEmail(gateway, client, `slow.${email}`)
    expect(refusalOf(await ask(client, mailbox.factorId))).toEqual(limited(30))
    expect(wait(challenge.resendAvailableAt)).toBe(30)
    expect(codeOf(await ask(other, mailbox.factorId))).toBe('BAD_USER_INPUT')
    const again = await challenged(client, mailbox.factorId)
    expect(again.purpose).toBe('ENROLLMENT')
    expect(wait(again.resendAvailableAt)).toBe(60)
    const [first = '', second = ''] = await codesMailedTo(gateway, mailbox.address)
    expect(await guess(client, challenge.id, first)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, again.id, first)).toBe('CODE_INVALID')
    expect(await guess(client, again.id, second)).toBe('PASSED')
  })

  it("R042 ends with the mailbox's budget, across all sign-ins, with one event", async () => {
    const { email, mailbox } = await withMailbox(gateway)
    const verdicts: (string | null)[] = []
    for (let nth = 0; nth < 13; nth++) {
      const { client } = await pendingSignIn(gateway, email)
      verdicts.push(codeOf(await ask(client, mailbox.factorId)))
    }
    expect(verdicts).toEqual([...Array<null>(8).fill(null), ...Array<string>(5).fill('RATE_LIMITED')])
    expect(await codesMailedTo(gateway, mailbox.address)).toHaveLength(9)
    const events = await eventsOf(gateway, email, 'limit.reached')
    expect(events.map(({ targets }) => targets[0]?.id)).toEqual(['messagePerDestination'])
    gateway.clock.advance(3600)
    const { client } = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(client, mailbox.factorId))).toBeNull()
  })

  it("R042 ends with the account's budget, for any mailbox, and leaves nothing half-enrolled", async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    for (let nth = 0; nth < 15; nth++) await beginEmail(gateway, client, `many${nth}.${email}`)
    await expect(beginEmail(gateway, client, `more.${email}`)).rejects.toThrow('RATE_LIMITED')
    expect(await gateway.mailTo(`more.${email}`)).toEqual([])
    const events = await eventsOf(gateway, email, 'limit.reached')
    expect(events.map(({ targets }) => targets[0]?.id)).toEqual(['emailCodePerAccount'])
  })

  it('R018 is not held up by mail that strangers sent there', async () => {
    const { email, mailbox } = await withMailbox(gateway)
    const stranger = gateway.client()
    for (let nth = 0; nth < 12; nth++) {
      const input = { email: mailbox.address, password: PASSWORD }
      dataOf(await stranger.send(SignUpDocument, { input }))
    }
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, await mailbox.code())).toBe('PASSED')
  })
})
