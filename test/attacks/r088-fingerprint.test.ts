import { SignInDocument, SignOutDocument, type FingerprintAttributeInput } from '../../schema/generated/graphql.js'
import { canaries, dump } from '../support/canaries.js'
import { CHROME, codeOf, dataOf, type Answer } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { pendingSignIn, ROOMY, storedPerson } from '../support/answers.js'
import { PASSWORD, registered, stepUp, withTotp } from '../support/person.js'

const ATTRIBUTES: readonly FingerprintAttributeInput[] = [
  { name: 'timeZone', value: 'Antarctica/Troll' },
  { name: 'screen', value: '3456x2234@2.25' },
  { name: 'platform', value: 'Haiku on a toaster' },
  { name: 'language', value: 'tlh-KLI' },
]
/** 24 bits of a keyed hash. */
const KEYED_HASH = /^[A-Za-z0-9_-]{4}$/

describe.each(STORES)('R088 what a client reports about itself, on the %s store', (store) => {
  const found = canaries()
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' }, logger: found.logger })

  const signInWith = (
    email: string,
    fingerprint: readonly FingerprintAttributeInput[] | null,
    client = found.watch(gateway.client()),
  ) => client.send(SignInDocument, { input: { email, password: PASSWORD, fingerprint } })

  /** The hashes kept with the sessions and devices of an account, by attribute name. */
  async function hashesOf(email: string): Promise<Readonly<Record<string, string>>[]> {
    const { sessions, devices } = await storedPerson(gateway, email)
    const kept = [...Object.values(sessions), ...Object.values(devices)].map(({ fingerprint }) => fingerprint)
    return kept.filter((hashes) => Object.keys(hashes).length > 0)
  }

  it('is stored as keyed hashes, with the device of the session', async () => {
    const email = await registered(gateway)
    expect(codeOf(await signInWith(email, ATTRIBUTES))).toBeNull()
    const kept = await hashesOf(email)
    expect(kept).toHaveLength(1)
    for (const hashes of kept) {
      expect(Object.keys(hashes).toSorted()).toEqual(ATTRIBUTES.map(({ name }) => name).toSorted())
      for (const hash of Object.values(hashes)) expect(hash).toMatch(KEYED_HASH)
    }
  })

  it('is stored as keyed hashes by a sign-in that waits for its second factor, too', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const client = found.watch(gateway.client({ userAgent: CHROME }))
    const { signIn } = dataOf(await signInWith(email, ATTRIBUTES, client))
    if (signIn.__typename !== 'MfaRequired') throw new Error('the sign-in does not wait')
    await stepUp(gateway, client, authenticator, { mfaToken: signIn.stepUp.mfaToken })
    const named = await hashesOf(email)
    // The pending session, whose answer may be lost, and the device.
    expect(named).toHaveLength(2)
    for (const hashes of named) expect(hashes['timeZone']).toMatch(KEYED_HASH)
  })

  it('is nowhere in plain text: not in the store, not in the log, in no answer', async () => {
    const places = { store: await dump(gateway), log: found.logged.join('\n'), answers: found.answers.join('\n') }
    expect(places.store).toContain('"timeZone"')
    expect(places.log).not.toBe('')
    for (const [place, text] of Object.entries(places)) {
      expect([place, ATTRIBUTES.filter(({ value }) => text.includes(value))]).toEqual([place, []])
    }
  })

  it('cannot be looked up: the hash of a value differs for another attribute and under other keys', async () => {
    const email = await registered(gateway)
    const value = 'the same everywhere'
    await signInWith(email, [
      { name: 'screen', value },
      { name: 'platform', value },
    ])
    const [hashes] = await hashesOf(email)
    expect(hashes?.['screen']).not.toBe(hashes?.['platform'])

    const other = await startGateway({ store })
    const there = await registered(other)
    const input = { email: there, password: PASSWORD, fingerprint: [{ name: 'screen', value }] }
    dataOf(await other.client().send(SignInDocument, { input }))
    const [device] = Object.values((await storedPerson(other, there)).devices)
    expect(device?.fingerprint['screen']).toMatch(KEYED_HASH)
    expect(device?.fingerprint['screen']).not.toBe(hashes?.['screen'])
    await other.close()
  })

  it('has the same hash for the same value, which is its only use', async () => {
    const email = await registered(gateway)
    await signInWith(email, ATTRIBUTES)
    await signInWith(email, ATTRIBUTES)
    const kept = await hashesOf(email)
    expect(kept).toHaveLength(2)
    expect(new Set(kept.map((hashes) => hashes['timeZone'])).size).toBe(1)
  })

  it('proves nothing: a caller that copies it is still challenged', async () => {
    const { email, client, authenticator } = await withTotp(gateway)
    dataOf(await client.send(SignOutDocument))
    const { signIn } = dataOf(await signInWith(email, ATTRIBUTES, client))
    if (signIn.__typename !== 'MfaRequired') throw new Error('the sign-in does not wait')
    const { mfaToken } = signIn.stepUp
    await stepUp(gateway, client, authenticator, { mfaToken, rememberDevice: true })
    const { signIn: copied } = dataOf(await signInWith(email, ATTRIBUTES))
    expect(copied.__typename).toBe('MfaRequired')
    expect((await pendingSignIn(gateway, email)).stepUp.challenge).toHaveLength(2)
  })

  it.each<[string, readonly FingerprintAttributeInput[]]>([
    ['gives two values for one attribute', [...ATTRIBUTES, { name: 'screen', value: '640x480' }]],
    ['repeats an attribute', [ATTRIBUTES[0]!, ATTRIBUTES[0]!]],
    ['has 21 attributes', Array.from({ length: 21 }, (_, n) => ({ name: `attribute${n}`, value: 'x' }))],
    ['has a value of 257 characters', [{ name: 'fonts', value: 'x'.repeat(257) }]],
    ['has a name of 33 characters', [{ name: 'n'.repeat(33), value: 'x' }]],
    ['has no name', [{ name: '', value: 'x' }]],
    ['has a dot in a name', [{ name: 'a.b', value: 'x' }]],
    ['has an operator for a name', [{ name: '$set', value: 'x' }]],
    ['has a name of the prototype', [{ name: '__proto__', value: 'x' }]],
  ])('is refused when it %s, without repeating it and without a session', async (_, fingerprint) => {
    const email = await registered(gateway)
    const refused: Answer<unknown> = await signInWith(email, fingerprint)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_USER_INPUT'])
    for (const { value } of fingerprint.filter((each) => each.value.length > 1))
      expect(refused.text).not.toContain(value)
    expect(await hashesOf(email)).toEqual([])
  })

  it.each<[string, readonly FingerprintAttributeInput[] | null]>([
    ['nothing', null],
    ['no attributes', []],
    ['20 attributes', Array.from({ length: 20 }, (_, n) => ({ name: `attribute${n}`, value: 'x' }))],
    ['a value of 256 characters', [{ name: 'fonts', value: 'x'.repeat(256) }]],
    ['an empty value', [{ name: 'fonts', value: '' }]],
    ['names that objects have', [{ name: 'constructor', value: 'x' }]],
  ])('may be %s', async (_, fingerprint) => {
    const email = await registered(gateway)
    expect(codeOf(await signInWith(email, fingerprint))).toBeNull()
    for (const hashes of await hashesOf(email)) expect(Object.keys(hashes)).toHaveLength(fingerprint?.length ?? 0)
  })
})
