import {
  AcceptInvitationDocument,
  ChangeEmailDocument,
  ChangePasswordDocument,
  CreateOrganizationDocument,
  EndMembershipDocument,
  EraseAccountDocument,
  ForgetAllDevicesDocument,
  ForgetDeviceDocument,
  InviteMemberDocument,
  LabelRiskDecisionDocument,
  MeDocument,
  MyDevicesDocument,
  MySessionsDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  RequireReEnrollmentDocument,
  ResetFactorsDocument,
  RevokeAccountSessionsDocument,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SignOutDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { challenged, eventsOf, guess, pendingSignIn, recoveryOption, storedPerson } from './answers.js'
import { refresh, signInAppWithFactor } from './app.js'
import { dataOf, type Client } from './client.js'
import { arrivalOf, deviceCookieOf, withCookie } from './devices.js'
import { askForReset, resetWith } from './links.js'
import { noticeTo, notMeToken, reportNotMe } from './notices.js'
import { grant, madeOperator, revoke, signedInAnew } from './operators.js'
import { invitationTokenFor, tenant } from './organizations.js'
import { fresh, PENDING_THINGS, type Scene } from './pending-grants.js'
import { enrollTotp, PASSWORD, stepUp } from './person.js'
import { enrollPush, pushVerdict } from './push-device.js'

/** Prepares what must exist before anything waits, and returns the event. */
export type GrantEvent = (scene: Scene) => Promise<{ readonly scene: Scene; readonly happen: () => Promise<unknown> }>

const when =
  (happen: (scene: Scene) => Promise<unknown>): GrantEvent =>
  (scene) =>
    Promise.resolve({ scene, happen: () => happen(scene) })

/**
 * The events that end everything that waits. The owner causes each in another session, or a link in a mail or an
 * operator does.
 */
export const ENDINGS: Readonly<Record<string, GrantEvent>> = {
  'other sessions are revoked': when(async (scene) =>
    dataOf(await (await proved(scene)).send(RevokeOtherSessionsDocument)),
  ),
  'its session is revoked': when(async (scene) => {
    const { mySessions } = dataOf(await scene.person.client.send(MySessionsDocument))
    const sessionId = mySessions.find(({ current }) => current)?.id ?? ''
    dataOf(await (await proved(scene)).send(RevokeSessionDocument, { sessionId }))
  }),
  'the password changes': when(async (scene) => {
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: false }
    dataOf(await (await proved(scene)).send(ChangePasswordDocument, { input }))
  }),
  'a password is set by a link': when(async ({ gateway, person }) => {
    const token = await askForReset(gateway, person.email)
    dataOf(await resetWith(gateway.client(), token, 'a passphrase by another link'))
  }),
  'a factor is added': when(async (scene) => enrollTotp(scene.gateway, await proved(scene))),
  'a factor is replaced': when(async (scene) =>
    enrollTotp(scene.gateway, await proved(scene), { replaces: scene.person.authenticator.factorId }),
  ),
  'a factor is removed': when(async (scene) =>
    dataOf(await (await proved(scene)).send(RemoveFactorDocument, { factorId: scene.person.authenticator.factorId })),
  ),
  'new recovery codes are made': when(async (scene) =>
    dataOf(await (await proved(scene)).send(RegenerateRecoveryCodesDocument)),
  ),
  'a recovery code is used': when(async ({ gateway, person: { email, recoveryCodes } }) => {
    const { client, stepUp: asked } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, recoveryOption(asked), asked.mfaToken)
    expect(await guess(client, id, recoveryCodes[0] ?? '')).toBe('PASSED')
  }),
  'the address changes': when(async (scene) => {
    const newEmail = fresh('own')
    const client = await proved(scene)
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
    const token = await scene.gateway.linkTokenFor(newEmail)
    dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
  }),
  '“This wasn’t me” is reported': when(async ({ gateway, person }) => {
    const notice = await noticeTo(gateway, person.email, 'any')
    dataOf(await reportNotMe(gateway, notMeToken(notice)))
  }),
  'a prompt is denied': async (scene) => {
    const { gateway, person } = scene
    const device = await enrollPush(gateway, await proved(scene))
    const happen = async () => {
      const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
      const { id } = await challenged(client, device.factorId, asked.mfaToken)
      expect(pushVerdict(await device.deny(id))).toBe('ANSWERED')
    }
    return { scene, happen }
  },
  'a device is forgotten': when(async (scene) => {
    const client = await proved(scene)
    const { myDevices } = dataOf(await client.send(MyDevicesDocument))
    dataOf(await client.send(ForgetDeviceDocument, { deviceId: myDevices[0]?.id ?? '' }))
  }),
  'all devices are forgotten': when(async (scene) =>
    dataOf(await (await proved(scene)).send(ForgetAllDevicesDocument)),
  ),
  'a copy of a device token is used': async (scene) => {
    const { gateway, person } = scene
    const { client } = await signedInAnew(gateway, person)
    await stepUp(gateway, client, person.authenticator, { rememberDevice: true })
    const former = deviceCookieOf(client)
    expect(await arrivalOf(client, person.email)).toBe('SignedIn')
    dataOf(await client.send(MeDocument))
    const happen = async () => {
      await arrivalOf(withCookie(gateway, former), person.email)
      expect(await eventsOf(gateway, person.email, 'device.clone_detected')).toHaveLength(1)
    }
    return { scene, happen }
  },
  'an old refresh token comes back': async (scene) => {
    const { gateway, person } = scene
    const first = await signInAppWithFactor(gateway, person)
    const second = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
    dataOf(await refresh(gateway, second.refreshToken))
    const happen = async () => {
      await refresh(gateway, first.refreshToken)
      expect(await eventsOf(gateway, person.email, 'session.refresh_reused')).toHaveLength(1)
    }
    return { scene, happen }
  },
  'a sign-in is labelled as an attack': when(async (scene) => {
    const decisions = await eventsOf(scene.gateway, scene.person.email, 'risk.assessed')
    const id = decisions.at(-1)?.id ?? ''
    dataOf(await (await operating(scene)).send(LabelRiskDecisionDocument, { id, label: 'ATTACK' }))
  }),
  'the account gains a role': when(({ gateway, person }) => grant(gateway, person.email)),
  'the account loses a role': async (scene) => {
    const { gateway } = scene
    const person = await madeOperator(gateway, scene.person)
    const { client: owner } = await signedInAnew(gateway, person)
    const happen = () => revoke(gateway, person.email)
    return { scene: { ...scene, person, owner }, happen }
  },
  'an operator revokes the sessions': when(async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(RevokeAccountSessionsDocument, { input }))
  }),
  'an operator resets the factors': when(async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(ResetFactorsDocument, { input }))
  }),
  'an operator requires a new factor': when(async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'reported stolen' }
    dataOf(await (await operating(scene)).send(RequireReEnrollmentDocument, { input }))
  }),
  'the account is erased': when(async (scene) => {
    const input = { accountId: await idOf(scene), reason: 'asked for', abandonsOrganizations: true }
    dataOf(await (await operating(scene)).send(EraseAccountDocument, { input }))
  }),
}

/** The events that leave everything but these things unchanged, and why. */
export const SPARING: Readonly<
  Record<string, { readonly event: GrantEvent; readonly ends: readonly string[]; readonly because: string }>
> = {
  'the account signs in': {
    event: when(({ gateway, person }) => signedInAnew(gateway, person)),
    ends: [],
    because: 'It revokes no trust. A stolen password must not interrupt the owner',
  },
  'the session signs out': {
    event: when(async ({ person }) => dataOf(await person.client.send(SignOutDocument))),
    ends: ['enrolment of a factor', 'open step-up'],
    because: 'It revokes no trust. Only what this session alone could finish ends with it',
  },
  'the account joins an organization': {
    event: when(async (scene) => {
      const { gateway, person } = scene
      const other = await tenant(gateway, 'Another')
      dataOf(await other.admin.client.send(InviteMemberDocument, { input: { email: person.email, role: 'MEMBER' } }))
      const token = await invitationTokenFor(gateway, person.email)
      dataOf(await (await proved(scene)).send(AcceptInvitationDocument, { input: { token } }))
    }),
    ends: [],
    because: 'It revokes no trust. It needs MFA and sends a notice with a “This wasn’t me” link',
  },
  'the account creates an organization': {
    event: when(async (scene) =>
      dataOf(await (await proved(scene)).send(CreateOrganizationDocument, { input: { name: 'Another' } })),
    ),
    ends: [],
    because: 'As for joining one',
  },
  'its membership ends': {
    event: when(async (scene) => {
      const { organizationIds } = await storedPerson(scene.gateway, scene.person.email)
      const input = { accountId: await idOf(scene), reason: 'left behind', abandonsOrganization: true }
      for (const organizationId of organizationIds) {
        dataOf(await (await operating(scene)).send(EndMembershipDocument, { input: { ...input, organizationId } }))
      }
    }),
    ends: ['invitation that the account sent'],
    because:
      'Only what the membership granted ends. A hostile administrator must not end a member’s own links and sign-ins',
  },
}

const idOf = async ({ gateway, person }: Scene) => (await storedPerson(gateway, person.email))._id

async function proved({ gateway, owner, person }: Scene): Promise<Client> {
  await stepUp(gateway, owner, person.authenticator)
  return owner
}

async function operating({ gateway, operator }: Scene): Promise<Client> {
  return (await signedInAnew(gateway, operator)).client
}

/** The tables as the threat catalogue shows them. */
export function grantTables(): string {
  const endings = Object.keys(ENDINGS)
  return [
    `| pending | its update requires | ends when |`,
    ...Object.entries(PENDING_THINGS).map(([thing, { filteredBy }], at) =>
      [`| ${thing}`, filteredBy, `${at === 0 ? endings.join('; ') : 'any of these'} |`].join(' | '),
    ),
    `| event | ends | because |`,
    ...Object.entries(SPARING).map(([event, { ends, because }]) =>
      [`| ${event}`, ends.join('; ') || 'nothing', `${because} |`].join(' | '),
    ),
  ].join('\n')
}
