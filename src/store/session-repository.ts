import type { OpenSession, PersonReader, SessionStore } from '../sessions/index.js'
import { arrivalChanges, arrivalGuard, atEach, dropTrust, under, update } from './paths.js'
import { stored, toPerson, type PeopleReader, type StoredPerson } from './person-document.js'
import { untilSettled } from './until-settled.js'

/** Sessions inside the person's document. */
export function sessionRepository({ people, ruleOf }: PeopleReader): SessionStore & PersonReader<StoredPerson> {
  return {
    findPerson: async (accountId) => {
      const document = await people.findOne({ _id: accountId })
      return document && toPerson(document, ruleOf)
    },
    findPersonInUse: async ({ accountId, sessionId, secretHash, at, idleSince }) => {
      const path = `sessions.${sessionId}`
      const document = await people.updateOne(
        {
          _id: accountId,
          ...(secretHash === null ? {} : { [`${path}.secretHash`]: secretHash }),
          [`${path}.lastSeenAt`]: { $gt: idleSince },
          [`${path}.endsAt`]: { $gt: at },
        },
        { $max: { [`${path}.lastSeenAt`]: at } },
      )
      return document && toPerson(document, ruleOf)
    },
    findPersonByEmail: async (emailKey) => {
      const document = await people.findOne({ emailKey })
      return document && toPerson(document, ruleOf)
    },
    open: async ({ accountId, passwordHash, adminSince, continues, rehashed, advance, session, drop, arrival }) => {
      const arrived = arrivalChanges(arrival)
      const proved = provedAlong(advance, session.signedInAt)
      return people.changeOne(
        {
          _id: accountId,
          status: 'ACTIVE',
          'roles.ADMIN.grantedAt': adminSince,
          ...(passwordHash === null ? {} : { passwordHash }),
          ...(continues === null ? {} : { [`sessions.${continues}.state`]: 'pending' }),
          ...proved.guard,
          ...arrivalGuard(arrival),
        },
        update({
          $set: {
            ...arrived.$set,
            ...proved.$set,
            ...(rehashed === null ? {} : { passwordHash: rehashed }),
            [`sessions.${session.id}`]: stored({ ...session, challenges: {} }),
          },
          $unset: {
            ...arrived.$unset,
            ...proved.$unset,
            ...atEach(
              drop.map((id) => `sessions.${id}`),
              true,
            ),
          },
          $inc: { trustRevision: 1 },
        }),
      )
    },
    switchOrganization: (accountId, sessionId, to) => {
      const path = `sessions.${sessionId}`
      return people.changeOne(
        {
          _id: accountId,
          [`${path}.state`]: 'active',
          ...(to === null ? {} : { [`memberships.${to}`]: { $exists: true } }),
        },
        { $set: { [`${path}.organizationId`]: to } },
      )
    },
    touch: async (accountId, sessionId, at) => {
      const path = `sessions.${sessionId}`
      await people.changeOne(
        { _id: accountId, [`${path}.lastSeenAt`]: { $lt: at } },
        { $set: { [`${path}.lastSeenAt`]: at } },
      )
    },
    rotateRefresh: async (accountId, sessionId, from, to) => {
      const path = `sessions.${sessionId}`
      return people.changeOne(
        { _id: accountId, [`${path}.refresh.hash`]: from },
        { $set: { [`${path}.refresh`]: stored(to), [`${path}.lastSeenAt`]: to.rotatedAt } },
      )
    },
    end: async (accountId, sessionId) => {
      const path = `sessions.${sessionId}`
      return people.changeOne({ _id: accountId, [path]: { $exists: true } }, { $unset: { [path]: true } })
    },
    endOthers: (accountId, keep) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return { settled: null }
        const { filter, lost, ...changes } = dropTrust(document, keep, { sessions: true, devices: false })
        const { endedSessions } = lost
        if (endedSessions.length === 0) return { settled: endedSessions }
        return (await people.changeOne(filter, update(changes))) ? { settled: endedSessions } : null
      }),
    openStepUp: async ({ accountId, sessionId, key, context, drop }) => {
      const path = `sessions.${sessionId}`
      return people.changeOne(
        { _id: accountId, [path]: { $exists: true } },
        update({
          $set: { [`${path}.stepUps.${key}`]: stored(context) },
          $unset: atEach(
            drop.map((old) => `${path}.stepUps.${old}`),
            true,
          ),
        }),
      )
    },
    spendOperationProof: async (accountId, sessionId, operationHash) => {
      const path = `sessions.${sessionId}.operationProof`
      return people.changeOne({ _id: accountId, [`${path}.operationHash`]: operationHash }, { $set: { [path]: null } })
    },
  }
}

/** The factor that was proved along with the sign-in: what must hold of it, and what the proof changes. */
function provedAlong(proved: OpenSession['advance'], at: Date) {
  if (!proved) return { guard: {}, $set: {}, $unset: {} }
  const factor = `factors.${proved.factorId}`
  const { where, set, unset } = proved.advance
  return {
    guard: { [`${factor}.status`]: 'ACTIVE', ...under(`${factor}.material`, where) },
    $set: {
      ...under(`${factor}.material`, set),
      [`${factor}.lastUsedAt`]: at,
      [`${factor}.consecutiveFailures`]: 0,
    },
    $unset: atEach(
      unset.map((path) => `${factor}.material.${path}`),
      true as const,
    ),
  }
}
