import {
  EnrollFactorDocument,
  MeDocument,
  RemoveFactorDocument,
  RequireReEnrollmentDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { openPeople } from '../../src/store/person-document.js'
import {
  challenged,
  eventsOf,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  sendCode,
  storedPerson,
  verdictOf,
} from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { beginEmail, enrollEmail, mailedCode } from '../support/factors.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { noticesTo, notMeToken, reportNotMe } from '../support/notices.js'
import { answer, enrollTotp, passedOf, stepUp, withTotp } from '../support/person.js'
import { newOperator } from '../support/services.js'

const DAY = 86_400

describe.each(STORES)('R143 the last factor stays, on the %s store', (store) => {
  /** One gateway where every account needs a factor, and one where none does. */
  let required: TestGateway
  let optional: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_FACTOR_LIFETIME: '30', STEPGATE_RECOVERY_CODE_USE: 'REENROLL' }
    required = await startGateway({ store, env: { ...env, STEPGATE_MFA_POLICY: 'REQUIRED' } })
    optional = await startGateway({ store, env })
  })
  afterAll(async () => {
    await required.close()
    await optional.close()
  })

  const remove = (client: Client, factorId: string) => client.send(RemoveFactorDocument, { factorId })
  const beginReplacing = (client: Client, emailAddress: string, replaces: string) =>
    client.send(EnrollFactorDocument, { input: { type: 'EMAIL', emailAddress, replaces } })
  /** What there is besides recovery codes, as `TYPE STATUS`. */
  const kept = async (gateway: TestGateway, email: string): Promise<readonly string[]> =>
    Object.values((await storedPerson(gateway, email)).factors)
      .filter(({ type }) => type !== 'RECOVERY_CODE')
      .map(({ type, status }) => `${type} ${status}`)
      .sort()
  const apps = async (gateway: TestGateway, email: string): Promise<number> =>
    (await kept(gateway, email)).filter((each) => each === 'TOTP ACTIVE').length
  const change = async (gateway: TestGateway, email: string, set: Record<string, Date | string>) =>
    openPeople(gateway.store).updateOne({ emailKey: email }, { $set: set })
  /** Expires the factor in the store. */
  const expire = (gateway: TestGateway, email: string, factorId: string) =>
    change(gateway, email, { [`factors.${factorId}.expiresAt`]: new Date(gateway.clock.now().getTime() - 1) })

  async function withTwoApps(gateway: TestGateway) {
    const person = await withTotp(gateway)
    const { authenticator: second } = await enrollTotp(gateway, person.client)
    return { ...person, second }
  }

  describe('when it is removed', () => {
    it('beside one that has expired', async () => {
      const { client, email, authenticator, second } = await withTwoApps(required)
      await expire(required, email, authenticator.factorId)
      expect(codeOf(await remove(client, second.factorId))).toBe('FORBIDDEN')
      expect(await apps(required, email)).toBe(2)
      const [denied] = await eventsOf(required, email, 'factor.removed')
      expect([denied?.outcome, denied?.reason]).toEqual(['DENIED', 'last-factor'])
      // The expired one may be removed: that leaves as much as before.
      expect(codeOf(await remove(client, authenticator.factorId))).toBeNull()
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('beside one that the clock has expired', async () => {
      const person = await withTotp(required)
      required.clock.advance(29 * DAY)
      const { client } = await pendingSignIn(required, person.email)
      await stepUp(required, client, person.authenticator)
      const { authenticator: second } = await enrollTotp(required, client)
      required.clock.advance(DAY)
      const { client: later } = await pendingSignIn(required, person.email)
      await stepUp(required, later, second)
      expect(codeOf(await remove(later, second.factorId))).toBe('FORBIDDEN')
    })

    it('beside one that wrong answers disabled', async () => {
      const { client, email, authenticator, second } = await withTwoApps(required)
      await change(required, email, { [`factors.${authenticator.factorId}.status`]: 'DISABLED' })
      expect(codeOf(await remove(client, second.factorId))).toBe('FORBIDDEN')
      expect(codeOf(await remove(client, authenticator.factorId))).toBeNull()
    })

    it('beside a mailbox, also when two calls remove the last two at once', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { client, email, authenticator, second } = await withTwoApps(required)
        await enrollEmail(required, client, `codes.${email}`)
        const both = [authenticator, second, authenticator, second]
        const answers = await Promise.all(both.map(({ factorId }) => remove(client.copy(), factorId)))
        expect(answers.filter((each) => codeOf(each) === null)).toHaveLength(1)
        expect(await kept(required, email)).toEqual(['EMAIL ACTIVE', 'TOTP ACTIVE'])
      }
    }, 90_000)

    it('is removed where no account needs one', async () => {
      const { client, email, authenticator } = await withTotp(optional)
      expect(codeOf(await remove(client, authenticator.factorId))).toBeNull()
      expect(await kept(optional, email)).toEqual([])
    })
  })

  describe('when a mailbox would replace it', () => {
    it('and no enrolment begins', async () => {
      const { client, email, authenticator } = await withTotp(required)
      const refused = await beginReplacing(client, `codes.${email}`, authenticator.factorId)
      expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
      expect(await required.mailTo(`codes.${email}`)).toHaveLength(0)
      expect(await kept(required, email)).toEqual(['TOTP ACTIVE'])
    })

    it('and it has expired or was disabled', async () => {
      const { client, email, authenticator, second } = await withTwoApps(required)
      await change(required, email, { [`factors.${authenticator.factorId}.status`]: 'DISABLED' })
      // The other one is left: this removes nothing that counts.
      const begun = await beginReplacing(client, `codes.${email}`, authenticator.factorId)
      expect(codeOf(begun)).toBeNull()
      expect(codeOf(await beginReplacing(client, `more.${email}`, second.factorId))).toBe('FORBIDDEN')
    })

    it('and it became the last one only after the enrolment began', async () => {
      const { client, email, authenticator, second } = await withTwoApps(required)
      const begun = await beginReplacing(client, `codes.${email}`, second.factorId)
      const challengeId = dataOf(begun).enrollFactor.challenge?.id ?? ''
      expect(codeOf(await remove(client, authenticator.factorId))).toBeNull()
      const code = await mailedCode(required, `codes.${email}`)
      // The enrolment ends with the removed factor (R123).
      expect(verdictOf(await sendCode(client, challengeId, code))).toBe('CHALLENGE_NOT_AVAILABLE')
      expect(await kept(required, email)).toEqual(['TOTP ACTIVE'])
    })

    it('and the other one expired after the enrolment began', async () => {
      const { client, email, authenticator, second } = await withTwoApps(required)
      const begun = await beginReplacing(client, `codes.${email}`, second.factorId)
      await expire(required, email, authenticator.factorId)
      const code = await mailedCode(required, `codes.${email}`)
      const challengeId = dataOf(begun).enrollFactor.challenge?.id ?? ''
      expect(verdictOf(await sendCode(client, challengeId, code))).toBe('CODE_INVALID')
      expect(await apps(required, email)).toBe(2)
      const failed = await eventsOf(required, email, 'challenge.failed')
      expect(failed.at(-1)?.reason).toBe('last-factor')
    })

    it('and the other one is removed at the very moment', async () => {
      for (let round = 0; round < 6; round += 1) {
        const { client, email, authenticator, second } = await withTwoApps(required)
        const begun = await beginReplacing(client, `codes.${email}`, second.factorId)
        const challengeId = dataOf(begun).enrollFactor.challenge?.id ?? ''
        const code = await mailedCode(required, `codes.${email}`)
        await Promise.all([
          sendCode(client.copy(), challengeId, code),
          remove(client.copy(), authenticator.factorId),
          remove(client.copy(), authenticator.factorId),
        ])
        expect(await apps(required, email)).toBe(1)
      }
    }, 90_000)

    it('is replaced where no account needs one', async () => {
      const { client, email, authenticator } = await withTotp(optional)
      const begun = dataOf(await beginReplacing(client, `codes.${email}`, authenticator.factorId)).enrollFactor
      passedOf(await answer(client, begun.challenge?.id ?? '', await mailedCode(optional, `codes.${email}`)))
      expect(await kept(optional, email)).toEqual(['EMAIL ACTIVE'])
    })
  })

  describe('when a new one is demanded', () => {
    /** Enrols a mailbox where a better factor is demanded, and then a better one. */
    async function mailboxFirst(gateway: TestGateway, email: string, client: Client): Promise<void> {
      const { mailbox, challenge } = await beginEmail(gateway, client, `codes.${email}`)
      passedOf(await answer(client, challenge.id, await mailbox.code()))
      expect(await kept(gateway, email)).toEqual(['EMAIL ACTIVE', 'TOTP ACTIVE'])
      expect((await storedPerson(gateway, email)).reEnrollSince).not.toBeNull()
      expect(codeOf(await client.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      const { authenticator } = await enrollTotp(gateway, client)
      expect(await kept(gateway, email)).toEqual(['EMAIL ACTIVE', 'TOTP ACTIVE'])
      const { factors, reEnrollSince } = await storedPerson(gateway, email)
      expect([Object.keys(factors).includes(authenticator.factorId), reEnrollSince]).toEqual([true, null])
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    }

    it.each(['required', 'optional'] as const)(
      'by an operator, and a mailbox does not meet it (%s)',
      async (policy) => {
        const gateway = { required, optional }[policy]
        const operator = await newOperator(gateway)
        const { client, email, authenticator } = await withTotp(gateway)
        await stepUp(gateway, operator.client, operator.authenticator)
        const input = { accountId: (await storedPerson(gateway, email))._id, reason: 'ticket 4711' }
        dataOf(await operator.client.send(RequireReEnrollmentDocument, { input }))
        await stepUp(gateway, client, authenticator)
        await mailboxFirst(gateway, email, client)
      },
    )

    it.each(['required', 'optional'] as const)(
      'by a recovery code, and a mailbox does not meet it (%s)',
      async (policy) => {
        const gateway = { required, optional }[policy]
        const person = await withTotp(gateway)
        const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
        const challenge = await challenged(client, recoveryOption(asked), asked.mfaToken)
        const input = { challengeId: challenge.id, recoveryCode: person.recoveryCodes[0] ?? '' }
        passedOf(dataOf(await client.send(VerifyChallengeDocument, { input })).verifyChallenge)
        await mailboxFirst(gateway, person.email, client)
      },
    )
  })

  describe('when a notice is answered with “This wasn’t me”', () => {
    /** Two apps and a mailbox, and the notice about the second app. */
    async function noticedSecondApp(gateway: TestGateway) {
      const { client, email, authenticator, second } = await withTwoApps(gateway)
      const notice = await until(async () => {
        const told = (await noticesTo(gateway, email)).filter(({ subject }) => subject.includes('was added'))
        return told[1] ?? null
      })
      await enrollEmail(gateway, client, `codes.${email}`)
      return { email, first: authenticator.factorId, second: second.factorId as FactorId, token: notMeToken(notice) }
    }

    it.each([
      ['and the other one is a mailbox', 'remove'],
      ['and the other one has expired', 'expire'],
      ['and the other one was disabled', 'disable'],
    ])('%s', async (_, how) => {
      const { email, first, second, token } = await noticedSecondApp(optional)
      const path = `factors.${first}`
      if (how === 'expire') await expire(optional, email, first)
      if (how === 'disable') await change(optional, email, { [`${path}.status`]: 'DISABLED' })
      if (how === 'remove')
        await openPeople(optional.store).updateOne(
          { emailKey: email },
          { $unset: { [path]: true }, $inc: { activeFactorCount: -1 } },
        )
      dataOf(await reportNotMe(optional, token))
      expect((await storedPerson(optional, email)).factors[second]?.status).toBe('DISABLED')
    })

    it('is removed where another one is left', async () => {
      const { email, second, token } = await noticedSecondApp(optional)
      dataOf(await reportNotMe(optional, token))
      expect((await storedPerson(optional, email)).factors).not.toHaveProperty(second)
    })
  })
})
