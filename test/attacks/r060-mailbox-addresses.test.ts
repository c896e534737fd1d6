import { EnrollFactorDocument, MyFactorsDocument, RemoveFactorDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { ask, challenged, eventsOf, guess, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { beginEmail, enrollEmail, mailedCode, withMailbox } from '../support/factors.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { enrollTotp, registered, signIn } from '../support/person.js'

const MALFORMED: readonly (readonly [string, string])[] = [
  ['spaces', '   '],
  ['no at sign', 'mira.example.com'],
  ['no name', '@example.com'],
  ['no domain', 'mira@'],
  ['two at signs', 'mira@evil.com@example.com'],
  ['a full-width at sign after another', 'victim@evil.com＠example.com'],
  ['a small at sign after another', 'victim@evil.com﹫example.com'],
  ['a comma and another address', 'mira@example.com,all@example.com'],
  ['a semicolon and another address', 'mira@example.com;all@example.com'],
  ['a space and another address', 'mira@example.com all@example.com'],
  ['a line break and a header', 'mira@example.com\r\nBcc: all@example.com'],
  ['a line feed at its end and more', 'mira@example.com\nall@example.com'],
  ['a null character', 'mira\u0000@example.com'],
  ['a null character in its domain', 'mira@example.com\u0000.evil.com'],
  ['a tab inside', 'mi\tra@example.com'],
  ['a display name', 'Mira <mira@example.com>'],
  ['angle brackets', '<mira@example.com>'],
  ['a comment', 'mira(comment)@example.com'],
  ['a quoted name', '"mira all"@example.com'],
  ['a group', 'all:mira@example.com;'],
  ['a route', '@evil.com:mira@example.com'],
  ['a percent route', 'mira%evil.com@@example.com'],
  ['two dots', 'mira..l@example.com'],
  ['a dot at its beginning', '.mira@example.com'],
  ['a dot before the at sign', 'mira.@example.com'],
  ['a domain without a dot', 'mira@localhost'],
  ['an address for a domain', 'mira@[127.0.0.1]'],
  ['a domain with an underscore', 'mira@exa_mple.com'],
  ['a domain that begins with a hyphen', 'mira@-example.com'],
  ['a domain with a space', 'mira@exam ple.com'],
  ['a zero-width space', 'mi\u200Bra@example.com'],
  ['a right-to-left override', 'mira\u202E@example.com'],
  ['Cyrillic letters that look Latin', 'mirа@example.com'],
  ['a lone surrogate', 'mira\uD800@example.com'],
  ['an operator', '{"$gt":""}'],
  ['a scheme', 'mailto:mira@example.com'],
  ['a path', '../../etc/passwd'],
  ['255 characters', `${'m'.repeat(243)}@example.com`],
  ['two characters', 'a@'],
  ['nothing', ''],
]

describe.each(STORES)('R060 the address of a mailbox, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_EMAIL_CODE_LIMIT_ACCOUNT: '1000/3600' } })

  const enroll = (client: Client, emailAddress: string | null, replaces: string | null = null) =>
    client.send(EnrollFactorDocument, { input: { type: 'EMAIL', emailAddress, replaces } })
  const mailsSoFar = async (): Promise<number> => {
    const response = await fetch(`${gateway.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    return ((await response.json()) as { messages: readonly unknown[] }).messages.length
  }

  describe('that is invalid', () => {
    let client: Client
    let email: string
    beforeAll(async () => {
      email = await registered(gateway)
      client = (await signIn(gateway, email)).client
    })

    it.each(MALFORMED)(
      'is refused with the name of its field, and nothing is sent or changed: %s',
      async (_, address) => {
        const before = [await mailsSoFar(), (await storedPerson(gateway, email)).enrollments]
        const refused = await enroll(client, address)
        expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_USER_INPUT'])
        expect(refused.errors[0]?.extensions['fields']).toEqual(['emailAddress'])
        if (address.trim().length > 2) expect(refused.text).not.toContain(JSON.stringify(address).slice(1, -1))
        expect([await mailsSoFar(), (await storedPerson(gateway, email)).enrollments]).toEqual(before)
        expect(await eventsOf(gateway, email, 'factor.enrolled')).toEqual([])
      },
    )

    it.each([[{ $gt: '' }], [7], [['mira@example.com']]])('is refused as %j, and not echoed', async (value) => {
      const variables = { input: { type: 'EMAIL', emailAddress: value } }
      const refused = await client.post(JSON.stringify({ query: EnrollFactorDocument.toString(), variables }))
      expect(refused.status).toBe(400)
      expect(refused.text).not.toContain('$gt')
    })
  })

  it('is the account’s own by default', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { challenge, factor } = dataOf(await enroll(client, null)).enrollFactor
    expect(factor.hint).toBe('p•••@example.com')
    expect(await guess(client, challenge?.id ?? '', await mailedCode(gateway, email))).toBe('PASSED')
  })

  it('is one channel in every spelling: the same one is refused while it counts', async () => {
    const { client, mailbox } = await withMailbox(gateway, 'mira.codes@example.com')
    gateway.clock.advance(31)
    for (const spelling of [
      'mira.codes@example.com',
      'MIRA.Codes@Example.COM',
      ' mira.codes@example.com ',
      'mira.codes＠example.com',
      'ｍｉｒａ.codes@example.com',
    ]) {
      const mails = await mailsSoFar()
      const refused = await enroll(client, spelling)
      expect([codeOf(refused), refused.errors[0]?.extensions['fields']]).toEqual(['BAD_USER_INPUT', ['emailAddress']])
      expect(await mailsSoFar()).toBe(mails)
    }
    expect(codeOf(await enroll(client, 'mira.codes@example.com', mailbox.factorId))).toBeNull()
    expect(codeOf(await enroll(client, 'mira.other@example.com'))).toBeNull()
  })

  it('is free again once the factor is removed', async () => {
    const { client, mailbox } = await withMailbox(gateway, 'again@example.com')
    const { authenticator } = await enrollTotp(gateway, client)
    dataOf(await client.send(RemoveFactorDocument, { factorId: mailbox.factorId }))
    expect(authenticator.factorId).not.toBe(mailbox.factorId)
    await enrollEmail(gateway, client, 'again@example.com')
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.filter(({ type }) => type === 'EMAIL')).toHaveLength(1)
  })

  it('replaces another factor only once it is proved', async () => {
    const { client, email, mailbox } = await withMailbox(gateway)
    const begun = dataOf(await enroll(client, `new.${email}`, mailbox.factorId)).enrollFactor
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, await mailbox.code())).toBe('PASSED')
    expect(await guess(client, begun.challenge?.id ?? '', '000000')).toBe('CHALLENGE_NOT_AVAILABLE')
    const again = dataOf(await enroll(client, `new.${email}`, mailbox.factorId)).enrollFactor
    expect(await guess(client, again.challenge?.id ?? '', await mailedCode(gateway, `new.${email}`))).toBe('PASSED')
    expect(codeOf(await ask(client, mailbox.factorId))).toBe('BAD_USER_INPUT')
    const { factors, activeFactorCount } = await storedPerson(gateway, email)
    const left = Object.values(factors).filter(({ type }) => type === 'EMAIL')
    expect([left.map(({ hint }) => hint), activeFactorCount]).toEqual([['n•••@example.com'], 1])
  })

  it('is enrolled once when two sessions race to enrol it', async () => {
    for (let round = 0; round < 5; round++) {
      const email = await registered(gateway)
      const sessions = await Promise.all([1, 2, 3, 4].map(() => signIn(gateway, email)))
      const address = `race.${email}`
      const begun = await Promise.all(sessions.map(({ client }) => enroll(client, address)))
      const codes = (await gateway.mailTo(address)).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? '')
      const verdicts = await Promise.all(
        begun.flatMap(({ data }, nth) =>
          codes.map((code) => guess(sessions[nth]!.client, data?.enrollFactor.challenge?.id ?? 'x', code)),
        ),
      )
      expect({ round, passed: verdicts.filter((verdict) => verdict === 'PASSED').length }).toEqual({ round, passed: 1 })
      const { factors, activeFactorCount } = await storedPerson(gateway, email)
      const mailboxes = Object.values(factors).filter(({ type }) => type === 'EMAIL')
      expect([mailboxes.length, activeFactorCount]).toEqual([1, 1])
    }
  })

  it('cannot be enrolled by a second session that began before the first one finished', async () => {
    const email = await registered(gateway)
    const { client: first } = await signIn(gateway, email)
    const { client: second } = await signIn(gateway, email)
    const address = `twice.${email}`
    const mine = await beginEmail(gateway, first, address)
    const mineCode = await mine.mailbox.code()
    const theirs = await beginEmail(gateway, second, address)
    const theirsCode = await theirs.mailbox.code()
    expect(await guess(first, mine.challenge.id, mineCode)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(second, theirs.challenge.id, theirsCode)).toBe('PASSED')
    expect(await guess(first, mine.challenge.id, mineCode)).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('is stored in plain text like the account’s own, and its code is not', async () => {
    const { client, email, mailbox } = await withMailbox(gateway)
    const { id } = await challenged(client, mailbox.factorId)
    const code = await mailbox.code()
    const kept = JSON.stringify(await openPeople(gateway.store).findOne({ emailKey: email }))
    expect(kept).toContain(mailbox.address)
    expect(kept).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`))
    expect(kept).toContain(id)
  })
})
