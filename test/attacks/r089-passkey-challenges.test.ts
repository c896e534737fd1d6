import { MeDocument, MyFactorsDocument } from '../../schema/generated/graphql.js'
import { challenged, eventsOf, pendingSignIn, verdictOf } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import {
  beginPasskey,
  ORIGIN,
  PASSKEY_ENV,
  passkeyOptions,
  sendPasskey,
  triedPasskey,
  withPasskey,
} from '../support/passkeys.js'
import { registered, signIn, withTotp } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const CHALLENGE_SECONDS = 300

describe.each(STORES)('R089 challenges for passkeys, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: PASSKEY_ENV })

  const requestFor = async (client: Parameters<typeof challenged>[0], factorId: string) => {
    const { id, webauthn } = await challenged(client, factorId)
    return { id, options: webauthn?.requestOptions as { challenge: string } }
  }

  it('are 256 random bits and never the same', async () => {
    const { client, factorId } = await withPasskey(gateway)
    const seen = new Set<string>()
    for (let nth = 0; nth < 5; nth++) {
      const { options } = await requestFor(client, factorId)
      expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32)
      seen.add(options.challenge)
    }
    expect(seen.size).toBe(5)
  })

  it('are answered once: the same answer again gets nothing', async () => {
    const { email, passkey, factorId } = await withPasskey(gateway, { hasCounter: false })
    const { client } = await pendingSignIn(gateway, email)
    const elsewhere = client.copy()
    const { id, options } = await requestFor(client, factorId)
    const answer = passkey.get(options)
    expect(verdictOf(await sendPasskey(client, id, answer))).toBe('PASSED')
    expect(verdictOf(await sendPasskey(client, id, answer))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await sendPasskey(elsewhere, id, answer))).toBe('UNAUTHENTICATED')
    const next = await requestFor(client, factorId)
    expect(verdictOf(await sendPasskey(client, next.id, answer))).toBe('CODE_INVALID')
  })

  it('are answered once by a hundred parallel answers', async () => {
    const { client, passkey, factorId } = await withPasskey(gateway, { hasCounter: false })
    const { id, options } = await requestFor(client, factorId)
    const answer = passkey.get(options)
    const clients = Array.from({ length: 100 }, () => client.copy())
    const verdicts = await Promise.all(clients.map(async (each) => verdictOf(await sendPasskey(each, id, answer))))
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
  })

  it('expire', async () => {
    const { client, passkey, factorId } = await withPasskey(gateway)
    const { id, options } = await requestFor(client, factorId)
    gateway.clock.advance(CHALLENGE_SECONDS)
    expect(verdictOf(await sendPasskey(client, id, passkey.get(options)))).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('that were replaced cannot be answered: stale options are refused', async () => {
    const { client, passkey, factorId } = await withPasskey(gateway)
    const stale = await requestFor(client, factorId)
    const fresh = await requestFor(client, factorId)
    expect(verdictOf(await sendPasskey(client, stale.id, passkey.get(stale.options)))).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(verdictOf(await sendPasskey(client, fresh.id, passkey.get(stale.options)))).toBe('CODE_INVALID')
    expect(verdictOf(await sendPasskey(client, fresh.id, passkey.get(fresh.options)))).toBe('PASSED')
  })

  it('belong to their session: neither another person nor another session can answer them', async () => {
    const mine = await withPasskey(gateway)
    const theirs = await withPasskey(gateway)
    const { id, options } = await requestFor(mine.client, mine.factorId)
    expect(verdictOf(await sendPasskey(theirs.client, id, mine.passkey.get(options)))).toBe('CHALLENGE_NOT_AVAILABLE')
    const { client: elsewhere } = await pendingSignIn(gateway, mine.email)
    expect(verdictOf(await sendPasskey(elsewhere, id, mine.passkey.get(options)))).toBe('CHALLENGE_NOT_AVAILABLE')
    const own = await requestFor(elsewhere, mine.factorId)
    expect(verdictOf(await sendPasskey(elsewhere, own.id, mine.passkey.get(options)))).toBe('CODE_INVALID')
  })

  it('belong to their ceremony: one for enrolling signs no one in, and the reverse', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const enrolling = await beginPasskey(client)
    const asked = await requestFor(client, factorId)
    const forCreation = { challenge: enrolling.options['challenge' as never] as string, rpId: 'localhost' }
    // The right kind of answer to the wrong challenge, and the wrong kind to the right one.
    expect(verdictOf(await sendPasskey(client, asked.id, passkey.get(forCreation)))).toBe('CODE_INVALID')
    expect(verdictOf(await sendPasskey(client, enrolling.challengeId, passkey.get(forCreation)))).toBe('CODE_INVALID')
    const another = softPasskey({ origin: ORIGIN })
    const created = another.create({ ...enrolling.options, challenge: asked.options.challenge })
    expect(verdictOf(await sendPasskey(client, asked.id, created))).toBe('CODE_INVALID')
    expect(verdictOf(await sendPasskey(client, enrolling.challengeId, created))).toBe('CODE_INVALID')
    expect(await triedPasskey(gateway.client(), passkey.get(asked.options))).toBe('UNAUTHENTICATED')
    // A sign-in challenge does not work for a step-up either.
    const signingIn = await passkeyOptions(gateway.client())
    const { client: waiting } = await pendingSignIn(gateway, email)
    const own = await requestFor(waiting, factorId)
    expect(verdictOf(await sendPasskey(waiting, own.id, passkey.get(signingIn)))).toBe('CODE_INVALID')
  })

  it('of an authenticator app cannot be answered with a passkey', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const { id } = await challenged(client, authenticator.factorId)
    const stranger = softPasskey({ origin: ORIGIN })
    const answer = stranger.get({ challenge: 'x', rpId: 'localhost' })
    expect(verdictOf(await sendPasskey(client, id, answer))).toBe('CODE_INVALID')
  })

  it('make a session phishing-resistant with the password first and the passkey second', async () => {
    const { email, passkey, factorId } = await withPasskey(gateway)
    const { client } = await pendingSignIn(gateway, email)
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    const { id, options } = await requestFor(client, factorId)
    const answer = dataOf(await sendPasskey(client, id, passkey.get(options))).verifyChallenge
    expect(answer).toMatchObject({ __typename: 'ChallengePassed', session: { assurance: 'PHISHING_RESISTANT' } })
    expect(await eventsOf(gateway, email, 'challenge.passed')).toHaveLength(2)
  })

  it('leave a person who never finishes enrolling without a factor', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const begun = await beginPasskey(client)
    const another = softPasskey({ origin: ORIGIN })
    const wrong = another.create(begun.options, { origin: 'https://evil.example' })
    expect(verdictOf(await sendPasskey(client, begun.challengeId, wrong))).toBe('CODE_INVALID')
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.filter(({ status }) => status === 'ACTIVE')).toHaveLength(0)
  })
})
