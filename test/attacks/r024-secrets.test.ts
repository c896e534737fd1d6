import {
  ChangePasswordDocument,
  EnrollFactorDocument,
  MyFactorsDocument,
  MyProfileDocument,
  MySessionsDocument,
  RefreshSessionDocument,
  RegenerateRecoveryCodesDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { canaries, dump, occurrences } from '../support/canaries.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  bearer,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  wrongCode,
} from '../support/answers.js'
import { authenticatorOf, withTotp } from '../support/person.js'

describe.each(STORES)('R024 secrets, on the %s store', (store) => {
  const found = canaries()
  const { note, watch } = found
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY, logger: found.logger })
    await journey()
  }, 60_000)
  afterAll(() => gateway.close())

  /** Every use of a factor, by cookie and by bearer token; every secret on the way is recorded. */
  async function journey(): Promise<void> {
    const email = 'canary@example.com'
    const password = note('password', 'a canary sings in the mine')
    const browser = watch(gateway.client())
    dataOf(await browser.send(SignUpDocument, { input: { email, password } }))
    const token = note('link token', await gateway.linkTokenFor(email))
    dataOf(await browser.send(VerifyEmailDocument, { input: { token } }))
    const mistyped = note('wrong password', 'a canary sinks in the mine')
    await browser.send(SignInDocument, { input: { email, password: mistyped } })
    const fingerprint = [
      { name: 'timeZone', value: note('fingerprint', 'Antarctica/Canary') },
      { name: 'screen', value: note('fingerprint', '3456x2234@2.25') },
    ]
    dataOf(await browser.send(SignInDocument, { input: { email, password, fingerprint } }))

    const { enrollFactor } = dataOf(await browser.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    const seed = note('seed', enrollFactor.totp?.secret)
    const app = authenticatorOf(gateway, enrollFactor.factor.id, seed)
    const enrollment = enrollFactor.challenge?.id ?? ''
    await guess(browser, enrollment, note('wrong code', wrongCode(app, gateway)))
    await guess(browser, enrollment, note('code', app.code()))
    noteCookies(browser.cookies)
    gateway.clock.advance(301)
    const { stepUp } = (await browser.send(MyProfileDocument)).errors[0]?.extensions as never as StepUpExtension
    const mfaToken = note('mfaToken', stepUp.mfaToken)
    const challenge = await challenged(browser, app.factorId, mfaToken)
    await guess(browser, challenge.id, note('code', app.code()))
    gateway.clock.advance(30)
    const { regenerateRecoveryCodes } = dataOf(await browser.send(RegenerateRecoveryCodesDocument))
    for (const code of regenerateRecoveryCodes.recoveryCodes) {
      note('recovery code', code)
      note('recovery code', code.replaceAll('-', ''))
    }
    noteCookies(browser.cookies)
    await browser.send(MyFactorsDocument)
    await browser.send(MySessionsDocument)

    const phone = watch(gateway.client())
    const waiting = dataOf(await phone.send(SignInDocument, { input: { email, password, transport: 'BEARER' } })).signIn
    if (waiting.__typename !== 'MfaRequired') throw new Error('the sign-in does not wait')
    note('mfaToken', waiting.stepUp.mfaToken)
    const pending = watch(bearer(gateway, note('pending token', waiting.pendingToken)))
    const asked = await challenged(pending, recoveryOption(waiting.stepUp))
    await guess(pending, asked.id, regenerateRecoveryCodes.recoveryCodes[0] ?? '')
    const answer = JSON.parse(found.answers.at(-1) ?? '') as PassedBody
    const { accessToken, refreshToken } = answer.data.verifyChallenge.tokens
    const signedIn = watch(bearer(gateway, note('access token', accessToken)))
    const input = { refreshToken: note('refresh token', refreshToken) }
    const { refreshSession } = dataOf(await phone.send(RefreshSessionDocument, { input }))
    note('refresh token', refreshSession.refreshToken)
    note('access token', refreshSession.accessToken)
    const newPassword = note('password', 'another canary in the mine')
    const change = { currentPassword: password, newPassword }
    expect(codeOf(await signedIn.send(ChangePasswordDocument, { input: change }))).toBeNull()
  }

  function noteCookies(cookies: ReadonlyMap<string, string>): void {
    for (const [name, value] of cookies) note(name, value)
  }

  it('are all in the scan, so that finding none means something', () => {
    const kinds = new Set(found.secrets.values())
    expect(found.secrets.size).toBeGreaterThan(30)
    const shown = ['seed', 'code', 'recovery code', 'mfaToken', 'access token', 'refresh token']
    for (const kind of ['password', 'fingerprint', ...shown]) {
      expect(kinds).toContain(kind)
    }
    expect(found.logged.length).toBeGreaterThan(15)
  })

  it('are in no log line', () => {
    const logged = found.logged.join('\n')
    expect([...found.secrets].filter(([secret]) => occurrences(logged, secret) > 0)).toEqual([])
  })

  it('R025 are in nothing stored, including the audit log', async () => {
    const kept = await dump(gateway)
    expect(kept).toContain('canary@example.com')
    expect(kept).toContain('recovery_code.used')
    expect([...found.secrets].filter(([secret]) => occurrences(kept, secret) > 0)).toEqual([])
  })

  it('R026 are in at most one answer, the one that shows them', () => {
    const shown = [...found.secrets].map(([secret, name]) => {
      return { name, answers: found.answers.filter((answer) => occurrences(answer, secret) > 0).length }
    })
    expect(shown.filter(({ answers }) => answers > 1)).toEqual([])
    const never = shown.filter(
      ({ name }) => /password|fingerprint|link|code$|session|device/.test(name) && !name.startsWith('rec'),
    )
    expect(never.filter(({ answers }) => answers > 0)).toEqual([])
  })

  it('R025 are refused, audited and harmless when one byte of a stored seed is changed', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const people = openPeople(gateway.store)
    const path = `factors.${authenticator.factorId}.material.sealedSecret`
    const sealed = await sealedSeed(email, authenticator.factorId)
    for (const place of [sealed.indexOf('.') + 1, sealed.lastIndexOf('.') + 1, sealed.length - 2]) {
      const flipped = sealed[place] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, place) + flipped + sealed.slice(place + 1)
      await people.updateOne({ emailKey: email }, { $set: { [path]: altered } })
      const challenge = await challenged(client, authenticator.factorId)
      expect(await guess(client, challenge.id, authenticator.code())).toBe('CODE_INVALID')
    }
    const failures = await eventsOf(gateway, email, 'challenge.failed')
    expect(failures.map(({ reason }) => reason)).toEqual(Array(3).fill('stored-secret-unreadable'))

    await people.updateOne({ emailKey: email }, { $set: { [path]: sealed } })
    const challenge = await challenged(client, authenticator.factorId)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
  })

  it('R025 open only where they belong: a seed copied to another account is unreadable', async () => {
    const [mine, theirs] = [await withTotp(gateway), await withTotp(gateway)]
    const { factorId } = theirs.authenticator
    const copied = {
      [`factors.${factorId}.material.sealedSecret`]: await sealedSeed(mine.email, mine.authenticator.factorId),
    }
    await openPeople(gateway.store).updateOne({ emailKey: theirs.email }, { $set: copied })
    const { client } = await pendingSignIn(gateway, theirs.email)
    const challenge = await challenged(client, factorId)
    expect(await guess(client, challenge.id, mine.authenticator.code())).toBe('CODE_INVALID')
    expect(await eventsOf(gateway, theirs.email, 'challenge.failed')).toMatchObject([
      { reason: 'stored-secret-unreadable', outcome: 'FAILURE' },
    ])
  })

  async function sealedSeed(email: string, factorId: string): Promise<string> {
    const person = await openPeople(gateway.store).findOne({ emailKey: email })
    const factor = Object.values(person?.factors ?? {}).find(({ id }) => id === factorId)
    const sealed = factor?.material['sealedSecret']
    return typeof sealed === 'string' ? sealed : ''
  }
})

interface StepUpExtension {
  readonly stepUp: { readonly mfaToken: string }
}
interface PassedBody {
  readonly data: { readonly verifyChallenge: { readonly tokens: { accessToken: string; refreshToken: string } } }
}
