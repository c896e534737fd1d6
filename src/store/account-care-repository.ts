import type { AccountCareStore, FactorReset } from '../factors/index.js'
import { newStepUpBudget } from '../limits/index.js'
import { dropTrust, END_GRANTS, update } from './paths.js'
import { stored, type People } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** What operators change in the person's document. */
export function accountCareRepository(people: People): AccountCareStore {
  return {
    resetFactors: (accountId, at, eventsOf) =>
      untilSettled<FactorReset | null>(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return null
        const { filter, lost, ...dropped } = dropTrust(document, null, { sessions: true, devices: true })
        const removedFactors = [...Object.values(document.factors), ...Object.values(document.enrollments)].map(
          ({ id }) => id,
        )
        // A factor activated meanwhile changes `trustRevision`, which the filter checks: it is read again and removed
        // as well.
        const reset = { removedFactors, lost }
        const isReset = await people.changeWith(
          filter,
          update({
            $set: {
              ...dropped.$set,
              ...END_GRANTS.$set,
              factors: {},
              activeFactorCount: 0,
              riskProfile: null,
              stepUpBudget: stored({ ...newStepUpBudget(), windowStartedAt: at }),
              reEnrollSince: at,
            },
            $unset: { ...dropped.$unset, claims: true },
            $inc: { ...END_GRANTS.$inc, recoverySets: 1, trustRevision: 1 },
          }),
          eventsOf(reset),
        )
        return isReset ? reset : LOST
      }),
    requireReEnrollment: (accountId, at, events) => {
      const changes = { ...END_GRANTS, $set: { ...END_GRANTS.$set, reEnrollSince: at } }
      return people.changeWith({ _id: accountId }, changes, events)
    },
    unlockStepUp: (accountId, at, events) =>
      people.changeWith(
        { _id: accountId },
        { $set: { stepUpBudget: stored({ ...newStepUpBudget(), windowStartedAt: at }) } },
        events,
      ),
  }
}
