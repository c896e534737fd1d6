import {
  ChangeEmailDocument,
  ChangePasswordDocument,
  EnrollFactorDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  VerifyChallengeDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import {
  ask,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  wrongCode,
} from '../support/answers.js'
import { CHROME, dataOf } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { giveEmailFactor, noticesTo, noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import {
  answer,
  authenticatorOf,
  passedOf,
  PASSWORD,
  registered,
  signIn,
  stepUp,
  withTotp,
  type PersonWithFactor,
} from '../support/person.js'
import { geoOf, BERLIN } from '../risk/facts.js'
import { isMessage, nameOf } from '../support/messages.js'
import type { NoticeName } from '../../src/kernel/notices.js'

const ADDRESS = '81.10.20.30'

interface Event {
  readonly name: string
  readonly notice: NoticeName
  /** Performs the action as the person does. Returns further addresses to notify. */
  happens(gateway: TestGateway, person: PersonWithFactor): Promise<readonly string[]>
  /** What the mail mentions besides time, device and place. */
  readonly says?: RegExp
}

const nobodyElse: readonly string[] = []

const EVENTS: readonly Event[] = [
  {
    name: 'a wish for another e-mail address',
    notice: 'email-change-requested',
    happens: async (_, { client }) => {
      dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: 'wish@example.com' } }))
      return nobodyElse
    },
  },
  {
    name: 'another e-mail address',
    notice: 'email-changed',
    happens: async (gateway, { client, email }) => {
      const newEmail = `new-${email}`
      dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
      const token = await gateway.linkTokenFor(newEmail)
      dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
      return [newEmail]
    },
  },
  {
    name: 'another password',
    notice: 'password-changed',
    happens: async (_, { client }) => {
      const input = { currentPassword: PASSWORD, newPassword: 'another rather long passphrase' }
      dataOf(await client.send(ChangePasswordDocument, { input }))
      return nobodyElse
    },
  },
  {
    name: 'a second factor that is added',
    notice: 'factor-added',
    says: /“Tablet”/,
    happens: async (gateway, { client }) => {
      await enrol(gateway, client, { type: 'TOTP', name: 'Tablet' })
      return nobodyElse
    },
  },
  {
    name: 'a second factor that takes the place of another',
    notice: 'factor-replaced',
    says: /“Tablet” replaced “Authenticator app”/,
    happens: async (gateway, { client, authenticator }) => {
      await enrol(gateway, client, { type: 'TOTP', name: 'Tablet', replaces: authenticator.factorId })
      return nobodyElse
    },
  },
  {
    name: 'a second factor that is removed',
    notice: 'factor-removed',
    says: /“Authenticator app”/,
    happens: async (_, { client, authenticator }) => {
      dataOf(await client.send(RemoveFactorDocument, { factorId: authenticator.factorId }))
      return nobodyElse
    },
  },
  {
    name: 'new recovery codes',
    notice: 'recovery-codes-replaced',
    happens: async (_, { client }) => {
      dataOf(await client.send(RegenerateRecoveryCodesDocument))
      return nobodyElse
    },
  },
  {
    name: 'a recovery code that is used',
    notice: 'recovery-code-used',
    says: /Codes left: 9\./,
    happens: async (gateway, { email, recoveryCodes }) => {
      const { client, stepUp: asked } = await pendingSignIn(from(gateway), email)
      const challenge = await challenged(client, recoveryOption(asked))
      const input = { challengeId: challenge.id, recoveryCode: recoveryCodes[0]! }
      passedOf(dataOf(await client.send(VerifyChallengeDocument, { input })).verifyChallenge)
      return nobodyElse
    },
  },
  {
    name: 'a new device',
    notice: 'new-device',
    happens: async (gateway, { email, authenticator }) => {
      const { client, stepUp: asked } = await pendingSignIn(from(gateway), email)
      await stepUp(gateway, client, authenticator, { mfaToken: asked.mfaToken })
      return nobodyElse
    },
  },
  {
    name: 'a factor that failed too often',
    notice: 'factor-disabled',
    says: /“Authenticator app”/,
    happens: async (gateway, { client, authenticator }) => {
      for (let wrong = 0; wrong < 10; wrong += 1) {
        const asked = await ask(client, authenticator.factorId)
        const { id } = dataOf(asked).challengeFactor
        expect(await guess(client, id, wrongCode(authenticator, gateway))).toBe('CODE_INVALID')
        gateway.clock.advance(901)
      }
      return nobodyElse
    },
  },
]

/** Clients with a public address and Firefox on Linux. */
const from = (gateway: TestGateway): TestGateway => ({
  ...gateway,
  client: (options) => gateway.client({ headers: { 'x-forwarded-for': ADDRESS }, ...options }),
})

async function enrol(
  gateway: TestGateway,
  client: PersonWithFactor['client'],
  input: { readonly type: 'TOTP'; readonly name: string; readonly replaces?: string },
) {
  const { factor, challenge, totp } = dataOf(await client.send(EnrollFactorDocument, { input })).enrollFactor
  const authenticator = authenticatorOf(gateway, factor.id, totp!.secret)
  passedOf(await answer(client, challenge!.id, authenticator.code()))
}

describe.each(STORES)('R031 notices, %s store', (store) => {
  const gateway = gatewayForAll({
    store,
    geo: geoOf({ [ADDRESS]: BERLIN }),
    env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback', STEPGATE_FACTOR_FAILURE_LIMIT: '10' },
  })

  it.each(EVENTS)(
    '$name is sent once to every proved address, with time, device, place and a working link',
    async (event) => {
      const person = await withTotp(from(gateway))
      const second = `second-${person.email}`
      await giveEmailFactor(gateway, person.email, second)
      const known = (await noticesTo(gateway, person.email)).length
      const others = await event.happens(gateway, person)
      const addresses = [person.email, second, ...others]
      for (const address of addresses) await noticeTo(gateway, address, event.notice)
      for (const address of addresses) {
        const told = (await noticesTo(gateway, address)).slice(address === person.email ? known : 0)
        const [mail, ...more] = told.filter(isMessage(event.notice))
        expect(more).toEqual([])
        expect(mail?.text).toMatch(/Time: Monday, March 1, 2100 at \d+:\d\d [AP]M UTC/)
        expect(mail?.text).toContain('Device: Firefox on Linux')
        expect(mail?.text).toContain('Location: Germany')
        expect(mail?.text).toContain(`IP address: ${ADDRESS}`)
        expect(mail?.html).toContain('Firefox on Linux')
        if (event.says) expect(mail?.text).toMatch(event.says)
        expect(dataOf(await reportNotMe(gateway, notMeToken(mail!))).reportNotMe.reported).toBe(true)
      }
      for (const address of addresses) {
        const told = (await noticesTo(gateway, address)).slice(address === person.email ? known : 0)
        expect(told.filter(isMessage(event.notice))).toHaveLength(1)
      }
    },
  )

  it('an address that is removed with its factor is notified, too', async () => {
    const person = await withTotp(from(gateway))
    const second = `leaving-${person.email}`
    const factorId = await giveEmailFactor(gateway, person.email, second)
    dataOf(await person.client.send(RemoveFactorDocument, { factorId }))
    for (const address of [person.email, second]) {
      const { text } = await noticeTo(gateway, address, 'factor-removed')
      expect(text).toContain('“E-mail”')
    }
  })

  it('an address that is both the account’s and a factor’s gets one mail', async () => {
    const person = await withTotp(from(gateway))
    await giveEmailFactor(gateway, person.email, person.email.toUpperCase())
    dataOf(await person.client.send(RegenerateRecoveryCodesDocument))
    await noticeTo(gateway, person.email, 'recovery-codes-replaced')
    expect(await gateway.mailTo(person.email.toUpperCase())).toEqual([])
  })

  it('one event sends one mail: a recovery code on a new device is one', async () => {
    const { email, recoveryCodes } = await withTotp(from(gateway))
    const { client, stepUp: asked } = await pendingSignIn(from({ ...gateway }), email)
    const challenge = await challenged(client, recoveryOption(asked))
    const input = { challengeId: challenge.id, recoveryCode: recoveryCodes[0]! }
    passedOf(dataOf(await client.send(VerifyChallengeDocument, { input })).verifyChallenge)
    await noticeTo(gateway, email, 'recovery-code-used')
    expect((await noticesTo(gateway, email)).map(nameOf)).toEqual(['factor-added', 'recovery-code-used'])
  })

  it('the very first sign-in sends nothing', async () => {
    const email = await registered(from(gateway))
    await signIn(from(gateway), email)
    await signIn(from(gateway), email, { userAgent: CHROME, headers: { 'x-forwarded-for': ADDRESS } })
    await noticeTo(gateway, email, 'new-device')
    const [mail, ...more] = await noticesTo(gateway, email)
    expect(more).toEqual([])
    expect(mail?.text).toContain('Device: Chrome on Windows')
  })

  it('sign-ins with the password alone do not flood the mailbox, and mail held back is on record', async () => {
    const email = await registered(from(gateway))
    await signIn(from(gateway), email)
    for (let times = 0; times < 9; times += 1) await signIn(from(gateway), email)
    const events = await until(async () => {
      const found = await eventsOf(gateway, email, 'limit.reached')
      return found.length > 0 ? found : null
    })
    expect(events.map(({ targets, metadata }) => ({ targets, metadata }))).toEqual([
      { targets: [{ id: 'noticePerAccount', type: 'BUDGET' }], metadata: { notice: 'new-device' } },
    ])
    expect(await noticesTo(gateway, email)).toHaveLength(5)
  })

  it('a new device that came with a second factor is reported every time', async () => {
    const gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
    const { email, authenticator } = await withTotp(gateway)
    for (let times = 0; times < 7; times += 1) {
      const { client } = await pendingSignIn(gateway, email)
      await stepUp(gateway, client, authenticator)
    }
    const told = await until(async () => {
      const mails = (await noticesTo(gateway, email)).filter(isMessage('new-device'))
      return mails.length === 7 ? mails : null
    })
    expect(told).toHaveLength(7)
    expect(await eventsOf(gateway, email, 'limit.reached')).toEqual([])
    await gateway.close()
  })

  it('an added factor is reported even when the mailbox was flooded before', async () => {
    const email = await registered(from(gateway))
    const { client } = await signIn(from(gateway), email)
    for (let times = 0; times < 7; times += 1) await signIn(from(gateway), email)
    await enrol(gateway, client, { type: 'TOTP', name: 'Phone' })
    const mail = await noticeTo(gateway, email, 'factor-added')
    expect(mail.text).toContain('“Phone”')
  })
})
