import type { FactorRemoval, FactorStore } from '../factors/index.js'
import { allLeftAfter } from '../kernel/factors-left.js'
import type { FactorId } from '../kernel/ids.js'
import { claimsWithout, withClaims } from './claims.js'
import { keptWith } from '../sessions/index.js'
import { atEach, dropTrust, END_GRANTS, stillCounting, update } from './paths.js'
import { stored, type People, type PersonDocument } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** Factors inside the person's document. */
export function factorRepository(people: People): FactorStore {
  return {
    rename: async (accountId, factorId, name, events) => {
      const path = `factors.${factorId}`
      const filter = { _id: accountId, [path]: { $exists: true } } as const
      return people.changeWith(filter, { $set: { [`${path}.name`]: name } }, events)
    },
    remove: ({ accountId, factorId, keep, wanted, at }, eventsOf) =>
      untilSettled<FactorRemoval>(async () => {
        const document = await people.findOne({ _id: accountId })
        const factor = document?.factors[factorId]
        if (!document || !factor || factor.type === 'RECOVERY_CODE') return { kind: 'unknown' }
        const isActive = factor.status === 'ACTIVE'
        const change = { removes: [factorId], adds: null }
        const left = allLeftAfter(Object.values(document.factors), change, wanted, at)
        if (!left) return { kind: 'last' }
        const { filter, lost, ...dropped } = dropTrust(document, keep, { sessions: true, devices: true })
        // Recovery codes replace a factor. Without one, they would only keep the person from enrolling one.
        const isLast = isActive && document.activeFactorCount <= 1
        const removed = [factorId, ...(isLast ? recoveryCodesOf(document) : [])]
        const guard = {
          ...filter,
          [`factors.${factorId}.status`]: factor.status,
          ...stillCounting(left),
          // Together with the revision, this guard keeps one factor if the last two are removed at the same moment
          // (R050).
          ...(isActive ? { activeFactorCount: document.activeFactorCount } : {}),
          ...(isLast ? { recoverySets: document.recoverySets } : {}),
        }
        const isRemoved = await people.changeWith(
          guard,
          withClaims(
            update({
              $set: { ...dropped.$set, ...END_GRANTS.$set },
              $unset: {
                ...dropped.$unset,
                ...atEach(
                  removed.flatMap((id) => [
                    `factors.${id}`,
                    ...keptWith(document.sessions, keep)
                      .filter((kept) => document.sessions[kept])
                      .map((kept) => `sessions.${kept}.proofs.${id}`),
                  ]),
                  true as const,
                ),
              },
              $inc: { trustRevision: 1, ...END_GRANTS.$inc, ...(isActive ? { activeFactorCount: -1 } : {}) },
            }),
            claimsWithout(document, removed),
          ),
          eventsOf(lost),
        )
        return isRemoved ? { kind: 'removed', lost } : LOST
      }),
    replaceRecoveryCodes: (accountId, factor, events) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return false
        const paths = recoveryCodesOf(document).map((id) => `factors.${id}`)
        // Guarded by the old set: of two replacements at once, one wins, and the other then replaces that one.
        const replaced = await people.changeWith(
          { _id: accountId, recoverySets: document.recoverySets, ...atEach(paths, { $exists: true }) },
          update({
            $set: { ...END_GRANTS.$set, [`factors.${factor.id}`]: stored(factor) },
            $unset: atEach(paths, true),
            $inc: { ...END_GRANTS.$inc, recoverySets: 1 },
          }),
          events,
        )
        return replaced ? true : LOST
      }),
  }
}

const recoveryCodesOf = (document: PersonDocument): FactorId[] =>
  Object.values(document.factors)
    .filter((factor) => factor.type === 'RECOVERY_CODE')
    .map((factor) => factor.id)
