import type { GuardRule } from '../kernel/access.js'
import type { SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { AccessDecision, AccessQuestion, PersonalSettings, PolicySettings } from './access-question.js'
import { decideAccess } from './decide-access.js'
import { foldRequirements, type FoldedRequirement } from './requirement.js'
import { settingsBy, settingsFor } from './settings-for.js'

export type OperationQuestion = Omit<AccessQuestion, 'settings'> & { readonly settings: PolicySettings }

/**
 * Decides a whole operation. The fields of each rule are decided by that rule alone, because a rule that accepts fewer
 * factors can require less than another. The first refusal decides.
 */
export function decideOperation(question: OperationQuestion): AccessDecision {
  return decideParts(question, (rule) => settingsFor(question.settings, question.actor, rule))
}

/** The decision if the organizations' policies that are set aside for this caller applied. */
export function decideWithoutExemption(
  question: OperationQuestion & { readonly actor: SessionActor },
  setAside: Parameters<typeof settingsBy>[2],
): AccessDecision {
  const { settings, actor } = question
  return decideParts(question, (rule) =>
    rule === 'ORGANIZATION' ? settingsBy(settings, actor, setAside) : settingsFor(settings, actor, rule),
  )
}

function decideParts(question: OperationQuestion, settingsOf: (rule: GuardRule) => PersonalSettings): AccessDecision {
  const { requirement, settings } = question
  const parts = partsOf(requirement, settings.assurances)
  const [only] = parts
  if (only && parts.length === 1) return decideAccess({ ...question, settings: settingsOf(only[0]) })
  const decisions = parts.map(([rule, part]) =>
    decideAccess({ ...question, requirement: part, settings: settingsOf(rule) }),
  )
  const refused = decisions.find(({ kind }) => kind === 'refuse')
  if (refused) return refused
  return { kind: 'allow', spendsProof: decisions.some((each) => each.kind === 'allow' && each.spendsProof) }
}

type Parts = readonly (readonly [GuardRule, FoldedRequirement])[]

/** Plans keep their requirements, so each requirement is split only once. */
const known = new WeakMap<FoldedRequirement, Parts>()

function partsOf(requirement: FoldedRequirement, assurances: Assurances): Parts {
  const [first = 'ORGANIZATION', ...others] = requirement.rules
  if (others.length === 0) return [[first, requirement]]
  const parts =
    known.get(requirement) ??
    requirement.rules.map((rule) => {
      const fields = requirement.askedBy.filter((field) => field.requirement.rule === rule)
      return [rule, foldRequirements(fields, assurances)] as const
    })
  known.set(requirement, parts)
  return parts
}
