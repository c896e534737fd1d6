import { decodeJwt } from 'jose'
import { BeginPasskeySignInDocument, MeDocument, RemoveFactorDocument } from '../../schema/generated/graphql.js'
import {
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  storedFactor,
  storedPerson,
  wrongCode,
} from '../support/answers.js'
import { openPeople } from '../../src/store/person-document.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import {
  beginPasskey,
  enrollPasskey,
  ORIGIN,
  PASSKEY_ENV,
  passkeyOptions,
  presentPasskey,
  triedPasskey,
  withPasskey,
} from '../support/passkeys.js'
import { withTotp } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const CHALLENGE_SECONDS = 300

describe.each(STORES)('signing in with a passkey, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...PASSKEY_ENV, STEPGATE_AUDIT_LINGER: '60000' } })

  it('opens a phishing-resistant session at once, with nothing typed', async () => {
    const { passkey, email } = await withPasskey(gateway)
    const client = gateway.client()
    const { signInWithPasskey } = dataOf(await presentPasskey(client, passkey.get(await passkeyOptions(client))))
    expect(signInWithPasskey).toMatchObject({
      __typename: 'SignedIn',
      account: { email },
      session: { pending: false, assurance: 'PHISHING_RESISTANT', proofs: [{ type: 'WEBAUTHN' }] },
    })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
    const [, created] = await eventsOf(gateway, email, 'session.created')
    expect(created?.reason).toBe('passkey-active')
    // Fresh enough for a field that requires the strongest factor within minutes.
    expect((await beginPasskey(client)).options).toMatchObject({ user: { name: email } })
  })

  it('says in the token what was proved, and nothing about a password', async () => {
    for (const [backupEligible, key] of [
      [false, 'hwk'],
      [true, 'swk'],
    ] as const) {
      const { passkey } = await withPasskey(gateway, { backupEligible })
      const client = gateway.client()
      const answer = dataOf(await presentPasskey(client, passkey.get(await passkeyOptions(client)), 'BEARER'))
      const { signInWithPasskey: result } = answer
      const token = result.__typename === 'SignedIn' ? (result.tokens?.accessToken ?? '') : ''
      expect(decodeJwt(token)).toMatchObject({ acr: 'urn:stepgate:acr:phr', amr: [key, 'user', 'mfa'] })
    }
  })

  it('challenges without naming anyone, for every caller', async () => {
    const answer = dataOf(await gateway.client().send(BeginPasskeySignInDocument)).beginPasskeySignIn
    const options = answer.requestOptions
    expect(Object.keys(options).sort()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required', timeout: 300_000 })
  })

  it('R089 accepts an answer once, even from fifty at the same moment', async () => {
    const { passkey } = await withPasskey(gateway, { hasCounter: false })
    const answer = passkey.get(await passkeyOptions(gateway.client()))
    const clients = Array.from({ length: 50 }, () => gateway.client())
    const outcomes = await Promise.all(clients.map((client) => triedPasskey(client, answer)))
    expect(outcomes.filter((outcome) => outcome === 'SignedIn')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(49)
    expect(await triedPasskey(gateway.client(), answer)).toBe('UNAUTHENTICATED')
  })

  it('R089 accepts no expired challenge, and none it did not issue', async () => {
    const { passkey } = await withPasskey(gateway)
    const client = gateway.client()
    const options = (await passkeyOptions(client)) as { challenge: string }
    const plain = Buffer.from(options.challenge, 'base64url').toString()
    const [nonce, end, ...hash] = plain.split('.')
    const later = [nonce, String(Number(end) + 86_400_000), ...hash].join('.')
    const forged = [
      Buffer.from(later).toString('base64url'),
      Buffer.alloc(32).toString('base64url'),
      `${options.challenge}A`,
    ]
    for (const challenge of forged) {
      expect(await triedPasskey(client, passkey.get({ ...options, challenge }))).toBe('UNAUTHENTICATED')
    }
    gateway.clock.advance(CHALLENGE_SECONDS)
    expect(await triedPasskey(client, passkey.get(options))).toBe('UNAUTHENTICATED')
  })

  it('a wrong answer does not spend the challenge of the right one', async () => {
    const { passkey } = await withPasskey(gateway)
    const client = gateway.client()
    const options = await passkeyOptions(client)
    expect(await triedPasskey(client, passkey.get(options, { signature: () => Buffer.alloc(70) }))).toBe(
      'UNAUTHENTICATED',
    )
    expect(await triedPasskey(client, passkey.get(options))).toBe('SignedIn')
  })

  it('R094 reveals neither accounts nor credentials: one answer for all', async () => {
    const { passkey, email } = await withPasskey(gateway)
    const other = await withPasskey(gateway)
    const stranger = softPasskey({ origin: ORIGIN })
    const client = gateway.client()
    const options = await passkeyOptions(client)
    stranger.userHandle = 'A'.repeat(22)
    expect(await triedPasskey(gateway.client(), passkey.get(await passkeyOptions(client)))).toBe('SignedIn')
    const answers = [
      stranger.get(options),
      stranger.get(options, { userHandle: passkey.userHandle }),
      stranger.get(options, { userHandle: passkey.userHandle, id: passkey.id }),
      passkey.get(options, { userHandle: other.passkey.userHandle }),
      passkey.get(options, { uv: false }),
      passkey.get(options, { signCount: 0 }),
      'not json',
      '{}',
    ]
    const seen = new Set<string>()
    for (const answer of answers) {
      const { status, errors } = await presentPasskey(client, answer)
      seen.add(JSON.stringify([status, errors.map(({ message, extensions }) => [message, extensions.code])]))
    }
    expect([...seen]).toEqual(['[401,[["The passkey was not accepted.","UNAUTHENTICATED"]]]'])
    expect((await eventsOf(gateway, email, 'session.refused')).length).toBeGreaterThan(0)
  })

  it('does not sign in to a disabled account', async () => {
    const { passkey, email } = await withPasskey(gateway)
    const { _id } = await storedPerson(gateway, email)
    await openPeople(gateway.store).changeOne({ _id }, { $set: { status: 'DISABLED' } })
    const client = gateway.client()
    expect(await triedPasskey(client, passkey.get(await passkeyOptions(client)))).toBe('UNAUTHENTICATED')
  })

  it('does not sign in with a passkey that was removed, is disabled, or has expired', async () => {
    const removed = await withPasskey(gateway)
    await enrollPasskey(removed.client, softPasskey({ origin: ORIGIN }))
    dataOf(await removed.client.send(RemoveFactorDocument, { factorId: removed.factorId }))
    const disabled = await withPasskey(gateway)
    const expired = await withPasskey(gateway)
    const people = openPeople(gateway.store)
    const alter = async ({ accountId, factorId }: typeof disabled, change: Record<string, string | Date>) => {
      const set = Object.fromEntries(
        Object.entries(change).map(([name, value]) => [`factors.${factorId}.${name}`, value]),
      )
      expect(await people.changeOne({ _id: accountId }, { $set: set })).toBe(true)
    }
    await alter(disabled, { status: 'DISABLED' })
    await alter(expired, { expiresAt: gateway.clock.now() })
    for (const { passkey } of [removed, disabled, expired]) {
      const client = gateway.client()
      expect(await triedPasskey(client, passkey.get(await passkeyOptions(client)))).toBe('UNAUTHENTICATED')
    }
  })

  it('R096 refuses a passkey whose counter goes backwards, and the audit log says so', async () => {
    const { passkey, email, factorId } = await withPasskey(gateway)
    const client = gateway.client()
    expect(await triedPasskey(client, passkey.get(await passkeyOptions(client), { signCount: 7 }))).toBe('SignedIn')
    for (const signCount of [7, 6, 0]) {
      expect(await triedPasskey(gateway.client(), passkey.get(await passkeyOptions(client), { signCount }))).toBe(
        'UNAUTHENTICATED',
      )
    }
    expect(await eventsOf(gateway, email, 'passkey.counter_regressed')).toHaveLength(3)
    expect((await storedFactor(gateway, email, factorId)).material).toMatchObject({ signCount: 7 })
    expect(await triedPasskey(client, passkey.get(await passkeyOptions(client), { signCount: 8 }))).toBe('SignedIn')
  })

  it('R096 does not let a caller who cannot sign raise that alarm', async () => {
    const { passkey, email } = await withPasskey(gateway)
    const client = gateway.client()
    expect(await triedPasskey(client, passkey.get(await passkeyOptions(client)))).toBe('SignedIn')
    const forged = passkey.get(await passkeyOptions(client), { signCount: 0, signature: () => Buffer.alloc(70) })
    expect(await triedPasskey(client, forged)).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, email, 'passkey.counter_regressed')).toHaveLength(0)
  })

  it('R096 admits one of two that answer different challenges with one counter', async () => {
    const { passkey } = await withPasskey(gateway)
    const clients = Array.from({ length: 8 }, () => gateway.client())
    const answers = await Promise.all(
      clients.map(async (client) => passkey.get(await passkeyOptions(client), { signCount: 5 })),
    )
    const outcomes = await Promise.all(clients.map((client, nth) => triedPasskey(client, answers[nth] ?? '')))
    expect(outcomes.filter((outcome) => outcome === 'SignedIn')).toHaveLength(1)
  })

  it('R017 checks the step-up lock, and only tells the holder of the passkey', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const passkey = softPasskey({ origin: ORIGIN })
    await enrollPasskey(client, passkey)
    const before = await passkeyOptions(gateway.client())
    for (let challenge = 0; challenge < 2; challenge++) {
      const { client: guesser } = await pendingSignIn(gateway, email)
      const { id } = await challenged(guesser, authenticator.factorId)
      for (let nth = 0; nth < 5; nth++) await guess(guesser, id, wrongCode(authenticator, gateway, nth))
      gateway.clock.advance(challenge === 0 ? CHALLENGE_SECONDS - 1 : 0)
    }
    const stranger = gateway.client()
    expect(await triedPasskey(stranger, passkey.get(before, { uv: false }))).toBe('UNAUTHENTICATED')
    expect(await triedPasskey(stranger, passkey.get(before))).toBe('TOO_MANY_ATTEMPTS')
    gateway.clock.advance(900)
    expect(await triedPasskey(stranger, passkey.get(await passkeyOptions(stranger)))).toBe('SignedIn')
  })

  it('is not available where passkeys are disabled, even to enrolled ones', async () => {
    const { passkey } = await withPasskey(gateway)
    const options = await passkeyOptions(gateway.client())
    // Only one process can use the embedded store, so there a fresh gateway is used.
    const env = { ...PASSKEY_ENV, STEPGATE_FACTORS: 'TOTP' }
    const without = await startGateway(store === 'mongodb' ? { store, env, beside: gateway } : { store, env })
    try {
      const client = without.client()
      expect(codeOf(await client.send(BeginPasskeySignInDocument))).toBe('FORBIDDEN')
      expect(await triedPasskey(client, passkey.get(options))).toBe('UNAUTHENTICATED')
    } finally {
      await without.close()
    }
  })

  it('is counted by address when it is wrong; a right one passes whatever other callers did wrong there', async () => {
    const strict = await startGateway({ store, env: { ...PASSKEY_ENV, STEPGATE_PASSKEY_LIMIT_ADDRESS: '3/900' } })
    try {
      const client = strict.client()
      const { passkey } = await withPasskey(strict)
      for (let nth = 0; nth < 3; nth++) expect(await triedPasskey(client, '{}')).toBe('UNAUTHENTICATED')
      expect(await triedPasskey(client, '{}')).toBe('RATE_LIMITED')
      expect(await triedPasskey(client, passkey.get(await passkeyOptions(client)))).toBe('SignedIn')
    } finally {
      await strict.close()
    }
  })

  it('costs the store no command to begin and four to finish', async () => {
    const { passkey, client: known } = await withPasskey(gateway)
    // From a known device, so that no notice is sent.
    const cookies = new Map([...known.cookies].filter(([name]) => name.includes('device')))
    const client = gateway.client({ cookies })
    const start = gateway.app.roundTrips()
    const options = await passkeyOptions(client)
    const begun = gateway.app.roundTrips()
    expect(await triedPasskey(client, passkey.get(options))).toBe('SignedIn')
    expect([begun - start, gateway.app.roundTrips() - begun]).toEqual([0, 4])
  })
})
