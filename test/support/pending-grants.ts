import {
  ChallengeFactorDocument,
  ChangeEmailDocument,
  ChangePasswordDocument,
  EnrollFactorDocument,
  ForgetAllDevicesDocument,
  InviteMemberDocument,
  AcceptInvitationDocument,
  MySessionsDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  RequireReEnrollmentDocument,
  ResetFactorsDocument,
  RevokeAccountSessionsDocument,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  VerifyEmailDocument,
} from '../../src/client/generated/graphql.js'
import { storedPerson } from './answers.js'
import { dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { askForLink, askForReset, followLink, resetWith } from './links.js'
import { noticeTo, notMeToken, reportNotMe } from './notices.js'
import { createOrganization, invitationTokenFor } from './organizations.js'
import {
  answer,
  authenticatorOf,
  enrollTotp,
  PASSWORD,
  registered,
  signIn,
  stepUp,
  type PersonWithFactor,
} from './person.js'
import { beginPush, connect, newKeyPair, readConnectUrl } from './push-device.js'

/* What waits to be finished, and what ends it. docs/threats/links-and-grants.md shows the table of both. */

/** An account in two sessions: the one in which things were begun, and the owner's other one. */
export interface Scene {
  readonly gateway: TestGateway
  readonly person: PersonWithFactor
  readonly owner: Client
  readonly operator: PersonWithFactor
}

/** Whether the thing was finished. */
type Finish = () => Promise<boolean>

interface PendingThing {
  /** The facts its taking update asks for. */
  readonly filteredBy: string
  begin(scene: Scene): Promise<Finish>
}

let names = 0
const fresh = (what: string) => `${what}${(names += 1)}@example.com`
const isDone = (answered: { errors: readonly unknown[] }) => answered.errors.length === 0

export const PENDING_THINGS: Readonly<Record<string, PendingThing>> = {
  'change of address': {
    filteredBy: '`grantRevision`, `emailKey`, `status`, `passwordChangedAt`, `suspicionAt`; one open an account',
    begin: async ({ gateway, person: { client } }) => {
      const newEmail = fresh('moved')
      dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
      const token = await gateway.linkTokenFor(newEmail)
      return async () => isDone(await client.send(VerifyEmailDocument, { input: { token } }))
    },
  },
  'link to set a password': {
    filteredBy: '`grantRevision`, `passwordHash`, `status`; all end with the first that is used',
    begin: async ({ gateway, person: { email } }) => {
      const token = await askForReset(gateway, email)
      return async () => isDone(await resetWith(gateway.client(), token, 'a passphrase set by a link'))
    },
  },
  'link to sign in': {
    filteredBy: '`grantRevision`, account, `status`',
    begin: async ({ gateway, person: { email } }) => {
      const client = gateway.client()
      const { token } = await askForLink(gateway, email, client)
      return async () => isDone(await followLink(client, token))
    },
  },
  'sign-in that waits for its factor': {
    filteredBy: '`grantRevision` of the session; also the service key that began it',
    begin: async ({ gateway, person: { email, authenticator } }) => {
      const { client, result } = await signIn(gateway, email)
      if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
      const input = { factorId: authenticator.factorId, mfaToken: result.stepUp.mfaToken }
      return async () => isDone(await client.send(ChallengeFactorDocument, { input }))
    },
  },
  'enrolment of a factor': {
    filteredBy: 'the enrolment itself, which goes with the event; one open a kind',
    begin: async ({ gateway, person: { client } }) => {
      const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      const { factor, challenge, totp } = enrollFactor
      if (!challenge || !totp) throw new Error('an enrolment without challenge or seed')
      const app = authenticatorOf(gateway, factor.id, totp.secret)
      return async () => {
        try {
          return (await answer(client, challenge.id, app.code())).__typename === 'ChallengePassed'
        } catch {
          return false
        }
      }
    },
  },
  'connect URL of a push device': {
    filteredBy: 'the enrolment itself, its `connectHash` and `connectUntil`',
    begin: async ({ gateway, person: { client } }) => {
      const { connectUrl } = await beginPush(client)
      const { token } = readConnectUrl(connectUrl)
      return async () => isDone(await connect(gateway, token, newKeyPair().publicKey))
    },
  },
  'invitation that the account sent': {
    filteredBy: '`emailKey` of the invited; then `grantRevision`, `status` and role of the account that invited',
    begin: async ({ gateway, person: { client } }) => {
      await createOrganization(client, `Acme ${(names += 1)}`)
      const email = fresh('invited')
      dataOf(await client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
      const token = await invitationTokenFor(gateway, email)
      return async () => {
        await registered(gateway, email)
        const { client: invited } = await signIn(gateway, email)
        return isDone(await invited.send(AcceptInvitationDocument, { input: { token } }))
      }
    },
  },
  'step-up that was asked for': {
    filteredBy: '`grantRevision` of the context; session, factor',
    begin: async ({ gateway, person: { client, authenticator } }) => {
      gateway.clock.advance(400)
      const refused = await client.send(ChangeEmailDocument, { input: { newEmail: fresh('never') } })
      const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { mfaToken: string }
      const input = { factorId: authenticator.factorId, mfaToken }
      return async () => isDone(await client.send(ChallengeFactorDocument, { input }))
    },
  },
}

/** What ends all of them. Each is done by the owner in another session, by a link in a mail, or by an operator. */
export const ENDINGS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'other sessions are revoked': async (scene) => {
    dataOf(await (await proved(scene)).send(RevokeOtherSessionsDocument))
  },
  'its session is revoked': async (scene) => {
    const { mySessions } = dataOf(await scene.person.client.send(MySessionsDocument))
    const sessionId = mySessions.find(({ current }) => current)?.id ?? ''
    dataOf(await (await proved(scene)).send(RevokeSessionDocument, { sessionId }))
  },
  'the password changes': async (scene) => {
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: false }
    dataOf(await (await proved(scene)).send(ChangePasswordDocument, { input }))
  },
  'a password is set by a link': async ({ gateway, person }) => {
    const token = await askForReset(gateway, person.email)
    dataOf(await resetWith(gateway.client(), token, 'a passphrase by another link'))
  },
  'a factor is added': async (scene) => {
    await enrollTotp(scene.gateway, await proved(scene))
  },
  'a factor is replaced': async (scene) => {
    await enrollTotp(scene.gateway, await proved(scene), { replaces: scene.person.authenticator.factorId })
  },
  'a factor is removed': async (scene) => {
    dataOf(await (await proved(scene)).send(RemoveFactorDocument, { factorId: scene.person.authenticator.factorId }))
  },
  'new recovery codes are made': async (scene) => {
    dataOf(await (await proved(scene)).send(RegenerateRecoveryCodesDocument))
  },
  'the address changes': async (scene) => {
    const newEmail = fresh('own')
    const client = await proved(scene)
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
    const token = await scene.gateway.linkTokenFor(newEmail)
    dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
  },
  '“this was not me” is reported': async ({ gateway, person }) => {
    const notice = await noticeTo(gateway, person.email, /./)
    dataOf(await reportNotMe(gateway, notMeToken(notice)))
  },
  'all devices are forgotten': async (scene) => {
    dataOf(await (await proved(scene)).send(ForgetAllDevicesDocument))
  },
  'an operator revokes the sessions': async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(RevokeAccountSessionsDocument, { input }))
  },
  'an operator resets the factors': async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(ResetFactorsDocument, { input }))
  },
  'an operator demands a new factor': async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(RequireReEnrollmentDocument, { input }))
  },
}

const idOf = async ({ gateway, person }: Scene) => (await storedPerson(gateway, person.email))._id

async function proved({ gateway, owner, person }: Scene): Promise<Client> {
  await stepUp(gateway, owner, person.authenticator)
  return owner
}

async function operating({ gateway, operator }: Scene): Promise<Client> {
  const { client, result } = await signIn(gateway, operator.email)
  if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
  await stepUp(gateway, client, operator.authenticator, { mfaToken: result.stepUp.mfaToken })
  return client
}

/** The table as the threat catalogue shows it. */
export function grantTable(): string {
  const events = Object.keys(ENDINGS)
  return [
    `| what waits | asks for | ends when |`,
    `| --- | --- | --- |`,
    ...Object.entries(PENDING_THINGS).map(([thing, { filteredBy }], at) =>
      [`| ${thing}`, filteredBy, `${at === 0 ? events.join('; ') : 'any of the same'} |`].join(' | '),
    ),
  ].join('\n')
}
