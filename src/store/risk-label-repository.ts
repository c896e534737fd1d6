import type { SessionId } from '../kernel/ids.js'
import type { LabelChange, LabelOutcome, RiskLabelStore } from '../risk/index.js'
import { endingSessions } from './ending-sessions.js'
import { atEach, END_GRANTS, update } from './paths.js'
import type { People, PersonDocument } from './person-document.js'
import { LOST, untilSettled } from '../kernel/settle.js'

/** Every request reads them. None is dropped while the label could be set again, or it would count twice. */
const MOST_LABELS = 100

/** Labels of risk decisions, in the person's document next to the profile that learns from them. */
export function riskLabelRepository(people: People): RiskLabelStore {
  return {
    label: (change, eventsOf) =>
      untilSettled<LabelOutcome>(async () => {
        const { accountId, decisionId, label, at, relearn } = change
        const document = await people.findOne({ _id: accountId })
        if (!document) return { kind: 'unknown-account' }
        const before = document.riskLabels?.[decisionId]?.label ?? null
        if (before === label) return { kind: 'unchanged' }
        const outdated = outdatedLabels(document, change)
        if (!hasRoom(document, change, outdated)) return { kind: 'full' }
        const suspect = change.raisesSuspicion ? sessionsOf(document, change.sessionId) : []
        const { ended: endedSessions, ...ending } = endingSessions(document, suspect)
        const labelled = { kind: 'labelled', before, endedSessions } as const
        const path = `riskLabels.${decisionId}`
        const isChanged = await people.changeWith(
          {
            _id: accountId,
            riskProfile: document.riskProfile,
            ...(before === null ? { [path]: { $exists: false } } : { [`${path}.label`]: before }),
            // A challenge answered at the same moment gives the session another id.
            ...(change.raisesSuspicion ? { trustRevision: document.trustRevision } : {}),
          },
          update({
            $set: {
              [path]: { label, at },
              riskProfile: relearn(document.riskProfile, before),
              ...(change.raisesSuspicion ? { ...END_GRANTS.$set, suspicionAt: at } : {}),
              ...ending.$set,
            },
            $unset: {
              ...ending.$unset,
              ...atEach(
                outdated.map((id) => `riskLabels.${id}`),
                true as const,
              ),
            },
            $inc: { profileRevision: 1, ...(change.raisesSuspicion ? END_GRANTS.$inc : {}) },
          }),
          eventsOf(labelled),
        )
        return isChanged ? labelled : LOST
      }),
  }
}

const outdatedLabels = ({ riskLabels = {} }: PersonDocument, { decisionId, keptSince }: LabelChange): string[] =>
  Object.entries(riskLabels).flatMap(([id, { at }]) => (id !== decisionId && at < keptSince ? [id] : []))

function hasRoom({ riskLabels = {} }: PersonDocument, { decisionId }: LabelChange, outdated: readonly string[]) {
  return decisionId in riskLabels || Object.keys(riskLabels).length - outdated.length < MOST_LABELS
}

/** The sessions of the sign-in that this one belongs to, also if their ids have changed since. */
function sessionsOf({ sessions }: PersonDocument, sessionId: SessionId | null): SessionId[] {
  if (sessionId === null) return []
  const signInId = sessions[sessionId]?.signInId ?? sessionId
  return Object.values(sessions).flatMap((session) => (session.signInId === signInId ? [session.id] : []))
}
