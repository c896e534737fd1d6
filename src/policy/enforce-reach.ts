import type { SessionActor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import { refuse } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import { Unavailable } from '../kernel/unavailable.js'
import { ruleFor } from '../kernel/mfa-rule.js'
import type { AccessRefused, PolicySettings } from './access-question.js'
import { decideOperation, decideWithoutExemption, type OperationQuestion } from './decide-operation.js'
import type { Reach } from './plan-operation.js'
import type {
  Changes,
  OperationProofs,
  RefusalRecord,
  Refusals,
  Risk,
  RiskAssessment,
  SetAsides,
  StepUps,
} from './ports.js'
import { plainRefusal, stepUpRefusal } from './refusal-of.js'
import type { FoldedRequirement } from './requirement.js'
import type { StepUpWords } from './step-up-sentence.js'

type SessionQuestion = OperationQuestion & { readonly actor: SessionActor }

export interface EnforceDeps {
  readonly clock: Clock
  readonly settings: PolicySettings & StepUpWords
  readonly stepUps: StepUps
  readonly risk: Risk
  readonly operationProofs: OperationProofs
  readonly refusals: Refusals
  /** Limits the mutations of a session. If missing, there is no limit. */
  readonly changes?: Changes
  /** Records uses of a policy exemption. Needed only where organizations can set their policy aside for a member. */
  readonly setAsides?: SetAsides
}

/** What is decided of a reach. */
export type EnforcedReach = Pick<Reach, 'enforced' | 'reported' | 'changes'>

/** Returns if the operation may run. Otherwise throws the Refusal for the response. */
export async function enforceReach(deps: EnforceDeps, context: RequestContext, reach: EnforcedReach): Promise<void> {
  try {
    const risk = await assessRisk(deps, context, reach)
    if (reach.reported) await report(deps, context, reach.reported, risk)
    await enforce(deps, context, reach, risk)
  } catch (error) {
    if (error instanceof Unavailable) throw refuse('UNAVAILABLE')
    throw error
  }
}

async function assessRisk(
  deps: EnforceDeps,
  context: RequestContext,
  { enforced, reported }: EnforcedReach,
): Promise<RiskAssessment | null> {
  const sensitive = [...enforced.sensitive, ...(reported?.sensitive ?? [])]
  if (sensitive.length === 0 || context.actor.kind !== 'session') return null
  const isOwn = sensitive.every(({ requirement }) => requirement.rule !== 'ORGANIZATION')
  return deps.risk.assess(context, isOwn ? 'ACCOUNT' : 'ORGANIZATION')
}

async function enforce(
  deps: EnforceDeps,
  context: RequestContext,
  { enforced: requirement, changes }: EnforcedReach,
  risk: RiskAssessment | null,
): Promise<void> {
  const hash = context.operation?.hash ?? ''
  const question = { ...questionOf(deps, context, hash), requirement, risk }
  const { actor } = question
  const decision = decideOperation(question)
  if (actor.kind !== 'session') {
    if (decision.kind === 'allow') return
    if (actor.kind === 'service') await record(deps, context, { ...question, actor }, decision, true)
    throw plainRefusal(decision, risk, actor)
  }
  if (decision.kind === 'refuse') return refuseSession(deps, context, { ...question, actor }, decision)
  // Count before spending the proof, so that a rate-limited operation does not use it up.
  await deps.changes?.count(context, actor, changes)
  await recordSetAside(deps, context, { ...question, actor })
  if (!decision.spendsProof || (await deps.operationProofs.spend(actor, hash))) return
  // A concurrent request spent the proof first, so decide again as if the session had none.
  const late = { ...question, actor: { ...actor, operationProof: null } }
  const second = decideOperation(late)
  if (second.kind === 'refuse') return refuseSession(deps, context, late, second)
  throw refuse('FORBIDDEN')
}

/** Records the use of an exemption before the operation runs. If the record fails, the operation does not run. */
async function recordSetAside(deps: EnforceDeps, context: RequestContext, question: SessionQuestion): Promise<void> {
  const { mfaRules, organizationId } = question.actor
  const { setAside } = ruleFor(mfaRules, organizationId)
  if (!deps.setAsides || setAside === null) return
  const strict = decideWithoutExemption(question, setAside.rule)
  if (strict.kind === 'refuse') await deps.setAsides.record(context, question.actor, setAside.organizationIds)
}

async function refuseSession(
  deps: EnforceDeps,
  context: RequestContext,
  question: SessionQuestion,
  refused: AccessRefused,
): Promise<never> {
  const { need } = refused
  if (!need) {
    const recordedAs = await record(deps, context, question, refused, true)
    // A blocked caller gets a reference that operators can find in the log, even if this refusal was only counted.
    throw plainRefusal(
      refused,
      question.risk && { ...question.risk, id: recordedAs ?? question.risk.id },
      question.actor,
    )
  }
  const { actor, operationHash } = question
  const [opened] = await Promise.all([
    deps.stepUps.open({ context, actor, operationHash, need }),
    record(deps, context, question, refused, true),
  ])
  throw stepUpRefusal(refused, need, opened, deps.settings)
}

/** Records what `reportOnly` guards would have refused. Never refuses. */
async function report(
  deps: EnforceDeps,
  context: RequestContext,
  requirement: FoldedRequirement,
  risk: RiskAssessment | null,
): Promise<void> {
  const { actor } = context
  if (actor.kind !== 'session') return
  const question = { ...questionOf(deps, context, context.operation?.hash ?? ''), actor, requirement, risk }
  const decision = decideOperation(question)
  if (decision.kind === 'refuse') await record(deps, context, question, decision, false)
}

function record(
  deps: EnforceDeps,
  context: RequestContext,
  { actor, requirement, risk }: Omit<SessionQuestion, 'actor'> & Pick<RefusalRecord, 'actor'>,
  { code, need }: AccessRefused,
  enforced: boolean,
): Promise<string | null> {
  const paths = need?.paths ?? [...new Set(requirement.askedBy.map(({ path }) => path))]
  const named = requirement.askedBy.find((field) => field.requirement.purpose !== null)
  const purpose = need ? need.purpose : (named?.requirement.purpose ?? null)
  return deps.refusals.record({ context, actor, code, need, paths, purpose, riskId: risk?.id ?? null, enforced })
}

function questionOf(deps: EnforceDeps, context: RequestContext, operationHash: string) {
  const { actor } = context
  return { actor, now: deps.clock.now(), settings: deps.settings, operationHash }
}
