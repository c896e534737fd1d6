import {
  ChallengeFactorDocument,
  ChangeEmailDocument,
  EnrollFactorDocument,
  InviteMemberDocument,
  AcceptInvitationDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { CHROME, dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { askForLink, askForReset, followLink, resetWith } from './links.js'
import { createOrganization, invitationTokenFor } from './organizations.js'
import { answer, authenticatorOf, registered, signIn, type PersonWithFactor } from './person.js'
import { beginPush, connect, newKeyPair, readConnectUrl } from './push-device.js'

/*
 * Unfinished steps. The events that end them are in grant-endings.ts; docs/threats/links-and-grants.md shows the table
 * of both.
 */

/** An account in two sessions: the one that began the steps, and the owner's other one. */
export interface Scene {
  readonly gateway: TestGateway
  readonly person: PersonWithFactor
  readonly owner: Client
  readonly operator: PersonWithFactor
}

/** Whether the step was finished. */
type Finish = () => Promise<boolean>

export interface PendingThing {
  /** The conditions of the update that completes it. */
  readonly filteredBy: string
  /** Whether finishing it ends the other unfinished steps. */
  readonly endsOthers?: boolean
  begin(scene: Scene): Promise<Finish>
}

const ELSEWHERE = { userAgent: CHROME, headers: { 'x-forwarded-for': '203.0.113.9' } }

let names = 0
export const fresh = (what: string) => `${what}${(names += 1)}@example.com`
const isDone = (answered: { errors: readonly unknown[] }) => answered.errors.length === 0

export const PENDING_THINGS: Readonly<Record<string, PendingThing>> = {
  'address change': {
    endsOthers: true,
    filteredBy: '`grantRevision`, `emailKey`, `status`, `passwordChangedAt`, `suspicionAt`; one for each account',
    begin: async ({ gateway, person: { client } }) => {
      const newEmail = fresh('moved')
      dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
      const token = await gateway.linkTokenFor(newEmail)
      return async () => isDone(await client.send(VerifyEmailDocument, { input: { token } }))
    },
  },
  'password reset link': {
    endsOthers: true,
    filteredBy: '`grantRevision`, `passwordHash`, `status`; the first that is used ends the others',
    begin: async ({ gateway, person: { email } }) => {
      const token = await askForReset(gateway, email)
      return async () => isDone(await resetWith(gateway.client(), token, 'a passphrase set by a link'))
    },
  },
  'sign-in link': {
    filteredBy: '`grantRevision`, account, `status`',
    begin: async ({ gateway, person: { email } }) => {
      const client = gateway.client()
      const { token } = await askForLink(gateway, email, client)
      return async () => isDone(await followLink(client, token))
    },
  },
  'pending sign-in': {
    filteredBy: '`grantRevision` of the session; also the service key that began it',
    begin: async ({ gateway, person: { email, authenticator } }) => {
      // From an unknown place, so that a factor is demanded whatever the account did before.
      const { client, result } = await signIn(gateway, email, ELSEWHERE)
      if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
      const input = { factorId: authenticator.factorId, mfaToken: result.stepUp.mfaToken }
      return async () => isDone(await client.send(ChallengeFactorDocument, { input }))
    },
  },
  'enrolment of a factor': {
    endsOthers: true,
    filteredBy: 'the enrolment itself, which the event removes; one of each kind',
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
    filteredBy: '`emailKey` of the invited account; then `grantRevision`, `status` and role of its sender',
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
  'open step-up': {
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
