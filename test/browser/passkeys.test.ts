import type { Browser } from 'playwright-core'
import {
  BeginPasskeySignInDocument,
  ChallengeFactorDocument,
  EnrollFactorDocument,
  SignInDocument,
  SignInWithPasskeyDocument,
  SignOutDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { eventsOf } from '../support/answers.js'
import type { AnswerError } from '../support/client.js'
import type { ResultOf, VariablesOf } from '../support/documents.js'
import type { TestGateway } from '../support/gateway.js'
import { PASSWORD, registered } from '../support/person.js'
import { gatewayForBrowsers, hasChromium, launchChromium, openPage, type BrowserUnderTest } from './chromium.js'
import type { PagePasskeys } from './page-passkeys.js'

interface Answer<T> {
  readonly data: T | null
  readonly errors?: readonly AnswerError[]
}

const name = 'passkeys in Chromium'
if (hasChromium) describe(name, suite)
else it.skip(`${name} need a Chromium, and none is installed`, () => undefined)

function suite() {
  let gateway: TestGateway
  let browser: Browser
  let opened: BrowserUnderTest
  let email: string
  let factorId: string

  beforeAll(async () => {
    ;[gateway, browser] = await Promise.all([gatewayForBrowsers(), launchChromium()])
  })
  afterAll(async () => {
    await browser.close()
    await gateway.close()
  })
  beforeEach(async () => {
    opened = await openPage(browser, gateway)
    email = await registered(gateway)
    const signedIn = await send(SignInDocument, { input: { email, password: PASSWORD } })
    expect(signedIn.data?.signIn.__typename).toBe('SignedIn')
    factorId = await enrol()
  })
  afterEach(() => opened.close())

  async function send<D extends { toString(): string }>(
    document: D,
    variables: VariablesOf<D>,
  ): Promise<Answer<ResultOf<D>>> {
    const text = await opened.page.evaluate(
      ([query, given]) => (globalThis as unknown as { passkeys: PagePasskeys }).passkeys.send(query, given),
      [document.toString(), variables as object] as const,
    )
    return JSON.parse(text) as Answer<ResultOf<D>>
  }

  const create = (options: object): Promise<string> =>
    opened.page.evaluate(
      (given) => (globalThis as unknown as { passkeys: PagePasskeys }).passkeys.create(given),
      options,
    )

  const get = (options: object): Promise<string> =>
    opened.page.evaluate((given) => (globalThis as unknown as { passkeys: PagePasskeys }).passkeys.get(given), options)

  async function enrol(): Promise<string> {
    const { data } = await send(EnrollFactorDocument, { input: { type: 'WEBAUTHN' } })
    const { challenge, webauthn, factor } = data?.enrollFactor ?? {}
    const credential = await create(webauthn?.creationOptions as object)
    const input = { challengeId: challenge?.id ?? '', webauthn: credential }
    const verified = await send(VerifyChallengeDocument, { input })
    expect(verified.data?.verifyChallenge).toMatchObject({
      __typename: 'ChallengePassed',
      session: { assurance: 'PHISHING_RESISTANT' },
    })
    return factor?.id ?? ''
  }

  /** Signs out, and in again with the passkey alone. */
  async function signInByPasskey(): Promise<string> {
    await send(SignOutDocument, {})
    const begun = await send(BeginPasskeySignInDocument, {})
    const webauthn = await get(begun.data?.beginPasskeySignIn.requestOptions as object)
    const { data, errors } = await send(SignInWithPasskeyDocument, { input: { webauthn } })
    return data?.signInWithPasskey.__typename ?? errors?.[0]?.extensions.code ?? 'NOTHING'
  }

  async function stepUp(): Promise<string> {
    const asked = await send(ChallengeFactorDocument, { input: { factorId } })
    const { id = '', webauthn: options } = asked.data?.challengeFactor ?? {}
    const webauthn = await get(options?.requestOptions as object)
    const { data, errors } = await send(VerifyChallengeDocument, { input: { challengeId: id, webauthn } })
    const result = data?.verifyChallenge
    if (result?.__typename === 'ChallengeFailed') return result.code
    return result?.__typename ?? errors?.[0]?.extensions.code ?? 'NOTHING'
  }

  async function credentialId(): Promise<string> {
    const { credentials } = await opened.cdp.send('WebAuthn.getCredentials', {
      authenticatorId: opened.authenticatorId,
    })
    return credentials[0]?.credentialId ?? ''
  }

  it('are enrolled, step up, and sign in without typing', async () => {
    expect(await stepUp()).toBe('ChallengePassed')
    expect(await signInByPasskey()).toBe('SignedIn')
    expect(await stepUp()).toBe('ChallengePassed')
  })

  it('finish a sign-in that began with the password', async () => {
    await send(SignOutDocument, {})
    const { data } = await send(SignInDocument, { input: { email, password: PASSWORD } })
    expect(data?.signIn.__typename).toBe('MfaRequired')
    expect(await stepUp()).toBe('ChallengePassed')
  })

  it('are not enrolled twice on one authenticator: the browser knows the existing ones', async () => {
    const { data } = await send(EnrollFactorDocument, { input: { type: 'WEBAUTHN' } })
    await expect(create(data?.enrollFactor.webauthn?.creationOptions as object)).rejects.toThrow('InvalidStateError')
  })

  it.each([
    ['a bogus signature', { isBogusSignature: true }, 'CODE_INVALID'],
    ['no user present', { isBadUP: true }, 'CODE_INVALID'],
    // Touching is enough for a second factor, but not to replace the password.
    ['no user verified', { isBadUV: true }, 'ChallengePassed'],
  ] as const)('are refused with %s', async (_, bits, steppedUp) => {
    const { authenticatorId } = opened
    await opened.cdp.send('WebAuthn.setResponseOverrideBits', { authenticatorId, ...bits })
    expect(await stepUp()).toBe(steppedUp)
    expect(await signInByPasskey()).toBe('UNAUTHENTICATED')
    await opened.cdp.send('WebAuthn.setResponseOverrideBits', { authenticatorId })
    expect(await signInByPasskey()).toBe('SignedIn')
  })

  it('are refused when their counter decreases, which is audited', async () => {
    const { authenticatorId, cdp } = opened
    expect(await stepUp()).toBe('ChallengePassed')
    await cdp.send('WebAuthn.setCredentialProperties', {
      authenticatorId,
      credentialId: await credentialId(),
      signCount: 0,
    })
    expect(await signInByPasskey()).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, email, 'passkey.counter_regressed')).toHaveLength(1)
    const later = { authenticatorId, credentialId: await credentialId(), signCount: 1000 }
    await cdp.send('WebAuthn.setCredentialProperties', later)
    expect(await signInByPasskey()).toBe('SignedIn')
  })

  it('are refused when they become copyable (backup eligible)', async () => {
    const { authenticatorId, cdp } = opened
    const changed = { authenticatorId, credentialId: await credentialId(), backupEligibility: true, backupState: true }
    await cdp.send('WebAuthn.setCredentialProperties', changed)
    expect(await stepUp()).toBe('CODE_INVALID')
    expect(await signInByPasskey()).toBe('UNAUTHENTICATED')
  })
}
