import type { ChallengeAddress, PushStore } from '../challenges/index.js'
import type { PushSubscriptions } from '../factors/index.js'
import type { Filter } from './collection.js'
import { atEach, END_GRANTS, under, update } from './paths.js'
import { toPerson, type PeopleReader } from './person-document.js'

/** Devices that answer prompts, inside the person's document: their factors, and the challenges of others' sessions. */
export function pushRepository({ people, ruleOf }: PeopleReader): PushStore & PushSubscriptions {
  return {
    find: async (accountId) => {
      const document = await people.findOne({ _id: accountId })
      return document && toPerson(document, ruleOf)
    },
    connect: async ({ accountId, factorId, connectHash, publicKey, name, now, events }) => {
      const factor = 'enrollments.PUSH'
      return people.changeWith(
        {
          _id: accountId,
          [`${factor}.id`]: factorId,
          [`${factor}.status`]: 'PENDING',
          [`${factor}.material.connectHash`]: connectHash,
          [`${factor}.material.connectUntil`]: { $gt: now.getTime() },
        },
        {
          $set: {
            [`${factor}.material.connectHash`]: null,
            [`${factor}.material.publicKey`]: publicKey,
            [`${factor}.hint`]: name,
          },
        },
        events,
      )
    },
    subscribe: async ({ accountId, factorId }, { publicKey, isEnrollment, sealedSubscription }) => {
      const factor = factorPath(factorId, isEnrollment)
      return people.changeOne(
        { _id: accountId, ...asProved(factor, { factorId, publicKey, isEnrollment }) },
        { $set: { [`${factor}.material.sealedSubscription`]: sealedSubscription } },
      )
    },
    approve: async (input) => {
      const { accountId, factorId, isEnrollment, now, budget } = input
      const factor = factorPath(factorId, isEnrollment)
      const path = challengePath(input)
      const { $set = {}, $inc = {} } = budget.change
      return people.changeWith(
        {
          _id: accountId,
          ...asProved(factor, input),
          ...stillOpen(path, input.challengeId, { state: input.from, now }),
          ...under('stepUpBudget', budget.guard),
        },
        update({
          $set: { ...under('stepUpBudget', $set), [`${path}.question.state`]: 'approved' },
          $inc: {
            ...under('stepUpBudget', $inc),
            [`${path}.attemptsLeft`]: 1,
            [`${factor}.consecutiveFailures`]: -1,
          },
        }),
        input.events,
      )
    },
    deny: async (input) => {
      const { accountId, sessionId, factorId, isEnrollment, endsSession, now } = input
      const path = challengePath(input)
      const session = `sessions.${sessionId}`
      return people.changeWith(
        {
          _id: accountId,
          [`${session}.state`]: endsSession ? 'pending' : 'active',
          ...asProved(factorPath(factorId, isEnrollment), input),
          ...stillOpen(path, input.challengeId, { state: 'waiting', now }),
        },
        update({
          // Without attempts left it cannot be answered, and until it expires the session cannot begin another one.
          $inc: END_GRANTS.$inc,
          $set: {
            ...END_GRANTS.$set,
            suspicionAt: now,
            ...(endsSession ? {} : { [`${path}.question.state`]: 'denied', [`${path}.attemptsLeft`]: 0 }),
          },
          $unset: endsSession
            ? atEach(
                input.ending.map((id) => `sessions.${id}`),
                true,
              )
            : {},
        }),
        input.events,
      )
    },
    drop: async (accountId, factorId, sealedSubscription) => {
      const path = `factors.${factorId}.material.sealedSubscription`
      await people.changeOne({ _id: accountId, [path]: sealedSubscription }, { $set: { [path]: null } })
    },
  }
}

const factorPath = (factorId: string, isEnrollment: boolean): string =>
  isEnrollment ? 'enrollments.PUSH' : `factors.${factorId}`

const challengePath = ({ sessionId, factorId }: ChallengeAddress): string =>
  `sessions.${sessionId}.challenges.${factorId}`

/** The factor is still the one whose key verified the signature. */
const asProved = (
  path: string,
  { factorId, publicKey, isEnrollment }: { factorId: string; publicKey: string; isEnrollment: boolean },
): Filter => ({
  [`${path}.id`]: factorId,
  [`${path}.status`]: isEnrollment ? 'PENDING' : 'ACTIVE',
  [`${path}.material.publicKey`]: publicKey,
})

const stillOpen = (
  path: string,
  challengeId: string,
  { state, now }: { state: 'waiting' | 'approved'; now: Date },
): Filter => ({
  [`${path}.id`]: challengeId,
  [`${path}.expiresAt`]: { $gt: now },
  [`${path}.question.state`]: state,
})
