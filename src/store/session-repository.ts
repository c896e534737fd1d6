import { callerFields, type ReadCaller } from './caller-document.js'
import { endingSessions, removedPaths, supersedingGuard, unpresentedGuard } from './ending-sessions.js'
import type { ChangeEvents } from '../audit/index.js'
import type { Value } from './collection.js'
import { compactStepUp } from './compact/compact-session.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import { familyOf, type CallerReader, type OpenSession, type ReadPerson, type SessionStore } from '../sessions/index.js'
import { cacheCallers } from './kept-callers.js'
import type { Names } from './names/names.js'
import { arrivalChanges, arrivalGuard, atEach, dropTrust, END_GRANTS, under, update } from './paths.js'
import {
  stored,
  toPerson,
  type People,
  type PeopleReader,
  type PersonDocument,
  type StoredPerson,
} from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** Sessions inside the person's document. */
export function sessionRepository(
  { people, ruleOf }: PeopleReader,
  names: Pick<Names, 'find'>,
  keptCallers: number,
): SessionStore<StoredPerson> & CallerReader {
  const callers = cacheCallers(people, keptCallers)
  const withRules = async (caller: ReadCaller | null): Promise<ReadPerson | null> =>
    caller && { ...caller, mfaRules: await ruleOf(caller.memberships) }
  return {
    findPerson: async (accountId) => {
      const document = await people.findOne({ _id: accountId })
      return document && toPerson(document, ruleOf)
    },
    findCaller: async (address, parts) => withRules(await callers.read(address, parts)),
    findCallerInUse: async (use, parts) => {
      const { accountId, sessionId, secretHash, generation, at, idleSince } = use
      const path = `sessions.${sessionId}`
      const document = await people.updateOne(
        {
          _id: accountId,
          ...(secretHash === null ? {} : { [`${path}.secretHash`]: secretHash }),
          ...(generation === null ? {} : { [`${path}.refresh.generation`]: generation }),
          [`${path}.lastSeenAt`]: { $gt: idleSince },
          [`${path}.endsAt`]: { $gt: at },
        },
        {
          $max: { [`${path}.lastSeenAt`]: at },
          $min: {
            [`${path}.presentedAt`]: at,
            ...(generation === null ? {} : { [`${path}.refresh.presentedAt`]: at }),
          },
        },
        { fields: callerFields(sessionId, parts) },
      )
      return withRules(document && callers.keep(document, use, parts))
    },
    findPersonByEmail: async (emailKey) => {
      const document = await names.find(emailKey)
      return document && toPerson(document, ruleOf)
    },
    open: async ({
      accountId,
      passwordHash,
      adminSince,
      grantedOn,
      rehashed,
      advance,
      session,
      supersedes,
      arrival,
      challenge,
      ...input
    }) => {
      const arrived = arrivalChanges(arrival)
      const proved = provedAlong(advance, session.signedInAt)
      const asked = askedAlong(challenge)
      const former = supersedes && `sessions.${supersedes.sessionId}`
      return people.changeWith(
        {
          _id: accountId,
          status: 'ACTIVE',
          'roles.ADMIN.grantedAt': adminSince,
          grantRevision: grantedOn,
          ...(passwordHash === null ? {} : { passwordHash }),
          ...(supersedes ? supersedingGuard(supersedes) : {}),
          ...(input.continues ? { [`${former}.state`]: 'pending' } : {}),
          ...proved.guard,
          ...asked.guard,
          ...arrivalGuard(arrival),
        },
        update({
          $set: {
            ...arrived.$set,
            ...proved.$set,
            ...asked.$set,
            ...(rehashed === null ? {} : { passwordHash: rehashed }),
            ...(supersedes ? { [`${former}.supersededAt`]: supersedes.at } : {}),
            ...atEach<Value>(
              input.presentedDevices.map((id) => `devices.${id}.presentedAt`),
              arrival?.at ?? session.lastSeenAt,
            ),
            [`sessions.${session.id}`]: stored({ ...session, challenges: asked.challenges }),
          },
          $unset: {
            ...arrived.$unset,
            ...proved.$unset,
            ...asked.$unset,
            ...atEach(removedPaths([...input.drop, ...(supersedes?.drop ?? [])], input.retires), true),
          },
          $inc: { trustRevision: 1 },
        }),
        input.events,
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
    rotateRefresh: async ({ accountId, sessionId, from, to, unpresented, events }) => {
      const path = `sessions.${sessionId}`
      return people.changeWith(
        { _id: accountId, [`${path}.refresh.hash`]: from, ...unpresentedGuard(unpresented) },
        {
          $set: { [`${path}.refresh`]: stored(to), [`${path}.lastSeenAt`]: to.rotatedAt },
          $min: { [`${path}.presentedAt`]: to.rotatedAt },
        },
        events,
      )
    },
    end: (accountId, sessionId, events) =>
      endSessions(people, { accountId, sessionId, which: () => [sessionId], distrusts: false, events }),
    revoke: (accountId, sessionId, events) =>
      endSessions(people, { accountId, sessionId, which: () => [sessionId], distrusts: true, events }),
    endFamily: (accountId, sessionId, events) =>
      endSessions(people, {
        accountId,
        sessionId,
        which: ({ sessions }) => familyOf(sessions, sessionId),
        distrusts: true,
        events,
      }),
    limit: async (accountId, sessionId, until, events) => {
      const path = `sessions.${sessionId}`
      const filter = { _id: accountId, [`${path}.id`]: sessionId }
      await people.changeWith(filter, { $min: { [`${path}.endsAt`]: until } }, events)
    },
    noteReuse: (accountId, sessionId, at, events) => {
      const path = `sessions.${sessionId}`
      return people.changeWith(
        { _id: accountId, [`${path}.id`]: sessionId, [`${path}.reuseNotedAt`]: null },
        { $set: { [`${path}.reuseNotedAt`]: at } },
        events,
      )
    },
    endOthers: (accountId, keep, eventsOf) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return null
        const { filter, lost, ...changes } = dropTrust(document, keep, { sessions: true, devices: false })
        const { endedSessions } = lost
        // Also if no session is left: what a session began can outlive it.
        const { $inc } = END_GRANTS
        const $set = { ...changes.$set, ...END_GRANTS.$set }
        const isEnded = await people.changeWith(filter, update({ ...changes, $set, $inc }), eventsOf(endedSessions))
        return isEnded ? endedSessions : LOST
      }),
    openStepUp: async ({ accountId, sessionId, key, context, drop }) => {
      const path = `sessions.${sessionId}`
      return people.changeOne(
        {
          _id: accountId,
          [path]: { $exists: true },
          ...Object.fromEntries(
            drop.map((old) => [
              `${path}.stepUps.${old.key}.usedUntil`,
              old.context.usedUntil ?? ({ $exists: false } as const),
            ]),
          ),
        },
        update({
          // Field by field: if the same step-up was opened and used meanwhile, its use must not be lost.
          $set: under<Value>(`${path}.stepUps.${key}`, compactStepUp(context)),
          $unset: atEach(
            drop.map((old) => `${path}.stepUps.${old.key}`),
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

/** The factor that was verified with the sign-in: its guard, and what the proof changes. */
function provedAlong(proved: OpenSession['advance'], at: Date) {
  if (!proved) return NO_CHANGE
  const { guard, $set, $unset } = advancing(proved.factorId, proved.advance)
  const factor = `factors.${proved.factorId}`
  return { guard, $set: { ...$set, [`${factor}.lastUsedAt`]: at, [`${factor}.consecutiveFailures`]: 0 }, $unset }
}

/** The challenge that begins with the sign-in: its factor as it was asked about, and what asking changes. */
function askedAlong(asked: OpenSession['challenge']) {
  if (!asked) return { challenges: {}, ...NO_CHANGE }
  const { factorId } = asked.challenge
  return { challenges: { [factorId]: asked.challenge }, ...advancing(factorId, asked.advance ?? NO_ADVANCE) }
}

const NO_CHANGE = { guard: {}, $set: {}, $unset: {} } as const
const NO_ADVANCE: MaterialAdvance = { where: {}, set: {}, unset: [] }

/** A live factor, and a change to its material. */
function advancing(factorId: FactorId, { where, set, unset }: MaterialAdvance) {
  const factor = `factors.${factorId}`
  return {
    guard: { [`${factor}.status`]: 'ACTIVE', ...under(`${factor}.material`, where) },
    $set: under(`${factor}.material`, set),
    $unset: atEach(
      unset.map((path) => `${factor}.material.${path}`),
      true as const,
    ),
  }
}

/**
 * Ends a session and those that belong to it; if it is distrusted, open grants end too. False if there is no such
 * session.
 */
function endSessions(
  people: People,
  {
    accountId,
    sessionId,
    which,
    distrusts,
    events,
  }: {
    readonly accountId: AccountId
    readonly sessionId: SessionId
    readonly which: (document: PersonDocument) => readonly SessionId[]
    readonly distrusts: boolean
    readonly events: ChangeEvents
  },
): Promise<boolean> {
  return untilSettled(async () => {
    const document = await people.findOne({ _id: accountId })
    if (!document?.sessions[sessionId]) return false
    const { $set, $unset } = endingSessions(document, which(document))
    const grants = distrusts ? END_GRANTS : { $set: {}, $inc: {} }
    const changes = update({ $set: { ...$set, ...grants.$set }, $unset, $inc: grants.$inc })
    const filter = { trustRevision: document.trustRevision, [`sessions.${sessionId}.id`]: sessionId }
    return (await people.changeWith({ _id: accountId, ...filter }, changes, events)) ? true : LOST
  })
}
