import { assuranceWanted } from '../kernel/mfa-rule.js'
import type { StepUpNeed, StepUpReason } from '../kernel/step-up.js'
import { hasHadMfa } from '../kernel/factors-left.js'
import type { SessionQuestion } from './access-question.js'
import { demandOn, enrollableFor, optionsFor, standingOf } from './proofs.js'
import { isDemanding, mergeDemands, type Demand, type FoldedDemand, type ReachedField } from './requirement.js'
import { riskDemand } from './risk-demand.js'
import { settingsFor } from './settings-for.js'

// The same age as the guard of `enrollFactor` allows.
const ENROLLMENT_SECONDS = 300

/** The step-up that meets these unmet demands (`strongest` already resolved), and the fields that require it. */
export function needOf(
  question: SessionQuestion,
  unmet: readonly [FoldedDemand, ...FoldedDemand[]],
  reason: StepUpReason,
): StepUpNeed {
  const [first, ...others] = unmet
  const fields = unmet.flatMap((demand) => demand.askedBy)
  const unmetFields = fields.filter((field) => !isMetFor(question, field))
  // Each field can be met on its own while no single proof meets all of them. Then every field requires the step-up.
  return needAsked(question, onePrompt(question, first, others), unmetFields.length > 0 ? unmetFields : fields, reason)
}

/** The step-up that finishes the sign-in of a pending session. If possible, it also meets the operation's demands. */
export function needToFinishSigningIn(question: SessionQuestion): StepUpNeed {
  const { actor, requirement } = question
  const fields = requirement.askedBy.filter((field) => field.requirement.access !== 'PENDING')
  const second: Demand = { assurance: 'MFA', withinSeconds: null, factors: null, strongest: false }
  const asked = requirement.demands.map((demand) => demandOn(actor, demand, question))
  const all = onePrompt(question, second, asked)
  // An account whose only second factor is a mailbox must still verify it, though the session does not become MFA.
  const mailbox: Demand = { ...second, assurance: 'ONE_FACTOR' }
  const isMailboxAsked =
    !hasHadMfa(actor.factors, question.settings.assurances) &&
    optionsFor(actor, mailbox, question).some(({ type }) => type !== 'RECOVERY_CODE')
  return needAsked(question, isMailboxAsked ? mailbox : all, fields, 'MFA_MISSING')
}

/** The factor types the account may enrol, and the factors, if any, that it must prove first. */
export function needToEnroll(question: SessionQuestion): StepUpNeed {
  const { actor, requirement, settings } = question
  const strongest: Demand = {
    assurance: 'ONE_FACTOR',
    withinSeconds: ENROLLMENT_SECONDS,
    factors: null,
    strongest: true,
  }
  // Enrolment concerns the caller's own account, so the installation's rule decides which proof it needs.
  const own = { ...question, settings: settingsFor(settings, actor, 'CREDENTIALS') }
  const proof = demandOn(actor, strongest, own)
  const wanted: Demand = { ...strongest, assurance: assuranceWanted(settings), strongest: false }
  const need = needAsked(own, plain(proof), requirement.askedBy, 'POLICY')
  return { ...need, purpose: 'factor.enroll', enroll: enrollableFor(settings, wanted) }
}

function needAsked(
  question: SessionQuestion,
  demand: Demand,
  fields: readonly ReachedField[],
  reason: StepUpReason,
): StepUpNeed {
  const challenge = optionsFor(question.actor, demand, question)
  return {
    assurance: demand.assurance,
    maxAge: demand.withinSeconds,
    reason,
    purpose: fields.find(({ requirement }) => requirement.purpose !== null)?.requirement.purpose ?? null,
    paths: outermost(fields.map(({ path }) => path)),
    challenge,
    enroll: challenge.length > 0 ? [] : enrollableFor(question.settings, demand),
  }
}

/** Merges the demands that one of the account's factors can meet together. Starts with the first and ends with risk. */
function onePrompt(question: SessionQuestion, first: Demand, others: readonly Demand[]): Demand {
  const risk = riskDemand(question)
  return [...others, ...(risk ? [risk] : [])].reduce((asked, other) => {
    const merged = mergeDemands(asked, plain(other), question.settings.assurances)
    return merged && optionsFor(question.actor, merged, question).length > 0 ? merged : asked
  }, plain(first))
}

function isMetFor(question: SessionQuestion, { requirement }: ReachedField): boolean {
  if (!isDemanding(requirement)) return true
  return standingOf(question.actor, demandOn(question.actor, requirement, question), question) === 'met'
}

// `strongest` has been resolved to an assurance, so the demand can be merged with lists of factors.
const plain = ({ assurance, withinSeconds, factors }: Demand): Demand => ({
  assurance,
  withinSeconds,
  factors,
  strongest: false,
})

/** Each path once, without paths inside another: `me.profile` covers all fields below it. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)]
  return all.filter((path) => !all.some((outer) => path.startsWith(`${outer}.`)))
}
