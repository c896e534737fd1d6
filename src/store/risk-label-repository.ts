import type { LabelOutcome, RiskLabelStore } from '../risk/index.js'
import type { PersonDocument, People } from './person-document.js'
import { atEach, update } from './paths.js'
import { untilSettled } from './until-settled.js'

/** Older ones can still be read in the audit log; giving one of them again would count twice. */
const MOST_LABELS = 100

/** What operators said about decisions, inside the person's document, beside the profile that learns from it. */
export function riskLabelRepository(people: People): RiskLabelStore {
  return {
    label: ({ accountId, decisionId, label, at, raisesSuspicion, relearn }) =>
      untilSettled<LabelOutcome>(async () => {
        const document = await people.findOne({ _id: accountId })
        if (!document) return { settled: { kind: 'unknown-account' } }
        const before = document.riskLabels?.[decisionId]?.label ?? null
        if (before === label) return { settled: { kind: 'unchanged' } }
        const path = `riskLabels.${decisionId}`
        const isChanged = await people.changeOne(
          {
            _id: accountId,
            riskProfile: document.riskProfile,
            ...(before === null ? { [path]: { $exists: false } } : { [`${path}.label`]: before }),
          },
          update({
            $set: {
              [path]: { label, at },
              riskProfile: relearn(document.riskProfile, before),
              ...(raisesSuspicion ? { suspicionAt: at } : {}),
            },
            $unset: atEach(
              beyondTheMost(document, decisionId).map((id) => `riskLabels.${id}`),
              true,
            ),
          }),
        )
        return isChanged ? { settled: { kind: 'labelled', before } } : null
      }),
  }
}

function beyondTheMost({ riskLabels = {} }: PersonDocument, decisionId: string): string[] {
  const others = Object.entries(riskLabels).filter(([id]) => id !== decisionId)
  others.sort(([, a], [, b]) => b.at.getTime() - a.at.getTime())
  return others.slice(MOST_LABELS - 1).map(([id]) => id)
}
