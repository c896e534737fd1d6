import type { Factor } from '../factors/index.js'
import type { DeviceId, SessionId } from '../kernel/ids.js'
import type { SuspicionStore, TakeBack, TakenBackTrust } from '../notices/index.js'
import { claimsWithout, withClaims } from './claims.js'
import type { Filter } from './collection.js'
import { endingSessions } from './ending-sessions.js'
import { allLeftAfter, leftAfter } from '../kernel/factors-left.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import { atEach, END_GRANTS, stillCounting, update } from './paths.js'
import type { PeopleReader, PersonDocument } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** Revokes trust in the person's document. */
export function suspicionRepository({ people, ruleOf }: PeopleReader): SuspicionStore {
  return {
    takeBack: (input, eventsOf) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: input.accountId })
        const plan = document && planTaking(document, input, await ruleOf(document.memberships))
        if (!plan) return null
        return (await people.changeWith(plan.guard, plan.changes, eventsOf(plan.taken))) ? plan.taken : LOST
      }),
  }
}

/** What trust there is to revoke, and the update that revokes it. Null: nothing, or it is already done. */
function planTaking(document: PersonDocument, input: TakeBack, rules: MfaRules) {
  const factors = planFactor(document, input, rules)
  const { ended: sessions, ...ending } = endingSessions(document, sessionsOf(document, input, factors !== null))
  const device = input.deviceId !== null && document.devices[input.deviceId] ? input.deviceId : null
  const isNew = document.suspicionAt === null || document.suspicionAt < input.toldAt
  if (!factors && sessions.length === 0 && device === null && !isNew) return null
  const remembered = factors ? rememberedBeside(document, device) : []
  const taken: TakenBackTrust = {
    endedSessions: sessions,
    forgottenDevices: [...(device === null ? [] : [device]), ...remembered],
    removedFactors: factors?.removes ?? [],
    disabledFactor: factors?.disables ?? null,
  }
  const guard = {
    _id: document._id,
    trustRevision: document.trustRevision,
    suspicionAt: document.suspicionAt,
    ...(factors?.guard ?? {}),
  }
  const changes = update({
    $set: {
      ...END_GRANTS.$set,
      ...atEach([...remembered.map((id) => `devices.${id}.rememberedUntil`), 'riskProfile'], null),
      ...(factors?.disables ? { [`factors.${factors.disables}.status`]: 'DISABLED' } : {}),
      ...(isNew ? { suspicionAt: input.at } : {}),
      ...Object.fromEntries(Object.entries(ending.$set).filter(([path]) => !path.startsWith(`devices.${device}.`))),
    },
    $unset: atEach(
      [
        ...Object.keys(ending.$unset),
        ...(device === null ? [] : [`devices.${device}`]),
        ...taken.removedFactors.map((id) => `factors.${id}`),
      ],
      true,
    ),
    $inc: {
      ...END_GRANTS.$inc,
      trustRevision: 1,
      ...(factors?.countsLess ? { activeFactorCount: -1 } : {}),
      ...(factors?.changesCodes ? { recoverySets: 1 } : {}),
    },
  })
  const claims = claimsWithout(document, taken.removedFactors)
  return { taken, guard, changes: taken.removedFactors.length === 0 ? changes : withClaims(changes, claims) }
}

/**
 * The factor goes; but where it is the last that counts and was not the first there was, it stays, disabled, so that a
 * link in a mailbox never makes the password enough, alone or with that mailbox (R143). So does the last that counts in
 * an organization while another kind is left. Recovery codes that came with it go along.
 */
function planFactor(
  document: PersonDocument,
  { factorId, wasFirst = false, at, wantedInstead }: TakeBack,
  rules: MfaRules,
) {
  const factor = factorId === null ? undefined : document.factors[factorId]
  if (!factor) return null
  const isCode = factor.type === 'RECOVERY_CODE'
  const isActive = factor.status === 'ACTIVE' && !isCode
  const othersLeft = document.activeFactorCount - (isActive ? 1 : 0)
  const { asGood, inOrganizations } = wantedInstead(rules, factor.type)
  const [all, change] = [Object.values(document.factors), { removes: [factor.id], adds: null }] as const
  const isOneLeft = leftAfter(all, change, asGood, at) !== null
  const left = isOneLeft ? allLeftAfter(all, change, [asGood, ...inOrganizations], at) : null
  const mayGo = isCode || (wasFirst && !isOneLeft) || left !== null
  if (!mayGo && !isActive) return null
  const codes = isCode ? [] : codesToDrop(document, factor, othersLeft === 0 && mayGo)
  const removes = [...(mayGo ? [factor.id] : []), ...codes.map(({ id }) => id)]
  return {
    removes,
    disables: mayGo ? null : factor.id,
    countsLess: isActive,
    changesCodes: isCode || codes.length > 0,
    guard: {
      [`factors.${factor.id}.status`]: factor.status,
      activeFactorCount: document.activeFactorCount,
      recoverySets: document.recoverySets,
      ...stillCounting(left && !isCode ? left : []),
    } satisfies Filter,
  }
}

/**
 * Recovery codes that the person who enrolled the factor has seen, and all codes if no factor is left for them to
 * replace.
 */
function codesToDrop({ factors }: PersonDocument, { activatedAt }: Factor, all: boolean): Factor[] {
  return Object.values(factors).filter(
    ({ type, createdAt }) => type === 'RECOVERY_CODE' && (all || (activatedAt !== null && createdAt >= activatedAt)),
  )
}

/** A factor was part of what every session is trusted for: when one goes, they all end. */
function sessionsOf(document: PersonDocument, { signInId, deviceId }: TakeBack, all: boolean): SessionId[] {
  const sessions = Object.values(document.sessions)
  const ended = sessions.filter(
    (session) => all || session.signInId === signInId || (deviceId !== null && session.deviceId === deviceId),
  )
  return ended.map(({ id }) => id)
}

const rememberedBeside = ({ devices }: PersonDocument, device: DeviceId | null): DeviceId[] =>
  Object.values(devices)
    .filter(({ id, rememberedUntil }) => id !== device && rememberedUntil !== null)
    .map(({ id }) => id)
