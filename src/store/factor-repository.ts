import type { FactorStore } from '../factors/index.js'
import type { Filter } from './collection.js'
import { atEach, dropTrust, update } from './paths.js'
import { stored, type People } from './person-document.js'
import { untilSettled } from './until-settled.js'

/** Factors inside the person's document. */
export function factorRepository(people: People): FactorStore {
  return {
    rename: async (accountId, factorId, name) => {
      const path = `factors.${factorId}`
      return people.changeOne({ _id: accountId, [path]: { $exists: true } }, { $set: { [`${path}.name`]: name } })
    },
    remove: ({ accountId, factorId, keep, mustKeepOne }) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: accountId })
        const factor = document?.factors[factorId]
        if (!document || !factor || factor.type === 'RECOVERY_CODE') return { settled: 'unknown' }
        const isActive = factor.status === 'ACTIVE'
        if (mustKeepOne && isActive && document.activeFactorCount <= 1) return { settled: 'last' }
        const { filter, ...dropped } = dropTrust(document, keep, { sessions: true, devices: true })
        const guard: Filter = {
          ...filter,
          [`factors.${factorId}.status`]: factor.status,
          // The guard that leaves one when the last two are removed at the same moment (R050).
          ...(mustKeepOne && isActive ? { activeFactorCount: { $gt: 1 } } : {}),
        }
        const removed = await people.changeOne(
          guard,
          update({
            ...dropped,
            $unset: {
              ...dropped.$unset,
              [`factors.${factorId}`]: true,
              ...(document.sessions[keep] ? { [`sessions.${keep}.proofs.${factorId}`]: true } : {}),
            },
            $inc: isActive ? { activeFactorCount: -1 } : {},
          }),
        )
        return removed ? { settled: 'removed' as const } : null
      }),
    replaceRecoveryCodes: (accountId, factor) =>
      untilSettled(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return { settled: false }
        const old = Object.values(document.factors).filter((other) => other.type === 'RECOVERY_CODE')
        const paths = old.map((other) => `factors.${other.id}`)
        // Guarded by the old set: of two that replace it at once, one wins and the other replaces the winner's.
        const replaced = await people.changeOne(
          { _id: accountId, recoverySets: document.recoverySets, ...atEach(paths, { $exists: true }) },
          update({
            $set: { [`factors.${factor.id}`]: stored(factor) },
            $unset: atEach(paths, true),
            $inc: { recoverySets: 1 },
          }),
        )
        return replaced ? { settled: true } : null
      }),
  }
}
