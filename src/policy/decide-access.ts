import type { Access, Role } from '../kernel/access.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { StepUpNeed } from '../kernel/step-up.js'
import type { OrganizationRole } from '../kernel/membership.js'
import { hasHadMfa, leftAfter, wantedFactor } from '../kernel/factors-left.js'
import type { AccessDecision, AccessQuestion, AccessRefused, SessionQuestion } from './access-question.js'
import {
  demandOn,
  hasActiveFactor,
  hasEnrolled,
  hasHadOneOf,
  hasOnlyARecoveryCode,
  hasOnlyDeadFactors,
  standingOf,
} from './proofs.js'
import type { FoldedDemand, FoldedRequirement } from './requirement.js'
import { riskDemand } from './risk-demand.js'
import { needOf, needToEnroll, needToFinishSigningIn } from './step-up-need.js'

/** Decides whether the caller meets the folded requirement, by one rule. The first failing check decides. */
export function decideAccess(question: AccessQuestion): AccessDecision {
  const { requirement, actor } = question
  if (requirement.askedBy.length === 0) return { kind: 'allow', spendsProof: false }
  if (actor.kind === 'anonymous') return refused('UNAUTHENTICATED')
  if (actor.kind === 'service') return decideForService(requirement)
  const asked = { ...question, actor }
  for (const check of CHECKS) {
    const objection = check(asked)
    if (objection) return objection
  }
  return { kind: 'allow', spendsProof: requirement.demands.some(({ withinSeconds }) => withinSeconds === 0) }
}

type Check = (question: SessionQuestion) => AccessRefused | null

const CHECKS: readonly Check[] = [
  isNotBlocked,
  hasChosenAnOrganization,
  hasAFactorWherePolicyWantsOne,
  hasFinishedSigningIn,
  hasEnrolledAnewWhereAsked,
  hasEveryRole,
  hasProvedMoreThanARecoveryCode,
  hasProvedWhatEverySessionHasTo,
  hasProvedWhatIsAsked,
  hasAnsweredTheRisk,
]

/** A role in the installation, or roles in the session's organization. Role claims in a token do not count. */
interface Post {
  readonly role?: Role
  readonly inOrganization?: readonly OrganizationRole[]
}

// `SERVICE` is for service keys only; no session has it.
const POST_FOR: Readonly<Record<Access, Post | 'anyone' | 'nobody'>> = {
  PUBLIC: 'anyone',
  PENDING: 'anyone',
  ACCOUNT: 'anyone',
  MEMBER: { inOrganization: ['MEMBER', 'ADMIN'] },
  ORG_ADMIN: { inOrganization: ['ADMIN'] },
  ADMIN: { role: 'ADMIN' },
  SERVICE: 'nobody',
}

/** A service key opens only fields for services. It has no session and cannot prove a factor. */
function decideForService({ access, demands }: FoldedRequirement): AccessDecision {
  const isForServices = demands.length === 0 && access.every((each) => each === 'SERVICE')
  return isForServices ? { kind: 'allow', spendsProof: false } : refused('FORBIDDEN')
}

function isNotBlocked({ risk }: SessionQuestion): AccessRefused | null {
  return risk?.verdict === 'BLOCK' ? refused('RISK_BLOCKED') : null
}

/** After sign-in by discovery, the caller must first choose an organization. Factors come after that (R063). */
function hasChosenAnOrganization({ actor, requirement }: SessionQuestion): AccessRefused | null {
  if (!actor.choosing) return null
  return isAbovePending(requirement) || requirement.demands.length > 0 ? refused('ORGANIZATION_REQUIRED') : null
}

function hasAFactorWherePolicyWantsOne(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor, settings } = question
  const isWanted = settings.mfaPolicy === 'REQUIRED' || actor.reEnrollSince !== null
  if (!isWanted || !isAbovePending(requirement)) return null
  // A mailbox does not satisfy the policy, and a recovery code is not a factor on its own. If the account has nothing
  // else, a pending session must still verify them first.
  const isThere = actor.state === 'pending' ? hasActiveFactor(actor, question) : hasEnrolled(actor, question)
  return isThere ? null : refused('MFA_ENROLLMENT_REQUIRED', needToEnroll(question))
}

/** Until the account has enrolled a new factor, its old factors allow only the enrolment. */
function hasEnrolledAnewWhereAsked(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor } = question
  const { reEnrollSince, state } = actor
  if (reEnrollSince === null || state === 'pending' || !isAbovePending(requirement)) return null
  const wanted = wantedFactor(actor, question.settings.assurances)
  const isDone = wanted !== null && leftAfter(actor.factors, { removes: [], adds: null }, wanted, question.now) !== null
  return isDone ? null : refused('MFA_ENROLLMENT_REQUIRED', needToEnroll(question))
}

function hasFinishedSigningIn(question: SessionQuestion): AccessRefused | null {
  if (question.actor.state === 'active' || !isAbovePending(question.requirement)) return null
  return refused('MFA_REQUIRED', needToFinishSigningIn(question))
}

// Checked before any step-up is required, because none would help.
function hasEveryRole({ requirement, actor }: SessionQuestion): AccessRefused | null {
  const every = requirement.access.every((access) => {
    const post = POST_FOR[access]
    return post === 'anyone' || (post !== 'nobody' && holds(actor, post))
  })
  return every ? null : refused('FORBIDDEN')
}

function holds({ roles, organizationId, memberships }: SessionQuestion['actor'], post: Post): boolean {
  if (post.role !== undefined) return roles.includes(post.role)
  const membership = organizationId === null ? undefined : memberships[organizationId]
  return membership !== undefined && (post.inOrganization?.includes(membership.role) ?? false)
}

/** If recovery codes do not count, they only allow the account to enrol a new factor, not even to read (R137). */
function hasProvedMoreThanARecoveryCode(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor, settings } = question
  if (settings.recoveryCodes || !isAbovePending(requirement) || !hasOnlyARecoveryCode(actor, question)) return null
  return refused('MFA_ENROLLMENT_REQUIRED', needToEnroll(question))
}

/** What the organization requires of each of its sessions, proved with a factor it allows (R085). */
function hasProvedWhatEverySessionHasTo(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor, settings } = question
  if (settings.session === null || !isAbovePending(requirement)) return null
  const { assurance, maxAgeSeconds } = settings.session
  if (maxAgeSeconds === null && settings.rememberedDevices && actor.onRememberedDevice) return null
  const demand = { assurance, withinSeconds: maxAgeSeconds, factors: null, strongest: false } as const
  if (standingOf(actor, demand, question) === 'met') return null
  const askedBy = requirement.askedBy.filter(({ requirement: { access } }) => access !== 'PENDING')
  return refused(stepUpCode(question), needOf(question, [{ ...demand, askedBy }], 'POLICY'))
}

function hasProvedWhatIsAsked(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor } = question
  const asked = [...requirement.demands, ...vouchingDemands(question)].map((demand) =>
    demandOn(actor, demand, question),
  )
  const standings = asked.map((demand) => standingOf(actor, demand, question))
  const [first, ...others] = asked.filter((_, index) => standings[index] !== 'met')
  if (!first) return null
  const reason = standings.includes('missing') ? 'MFA_MISSING' : 'MFA_STALE'
  return refused(stepUpCode(question), needOf(question, [first, ...others], reason))
}

/**
 * Adding, replacing or removing a factor needs a proof of a type that each organization allows, if the account has or
 * had one. Otherwise a forbidden factor could enrol the factor that opens the organization (R134).
 */
function vouchingDemands({ requirement, actor, settings }: SessionQuestion): readonly FoldedDemand[] {
  if (!requirement.rules.includes('CREDENTIALS')) return []
  return requirement.demands.flatMap(({ withinSeconds, askedBy }) =>
    settings.vouching
      .filter((kinds) => hasHadOneOf(actor, kinds))
      .map((kinds) => ({
        assurance: 'ONE_FACTOR' as const,
        withinSeconds,
        factors: [...kinds, 'RECOVERY_CODE' as const],
        strongest: false,
        askedBy,
      })),
  )
}

function hasAnsweredTheRisk(question: SessionQuestion): AccessRefused | null {
  const { requirement, actor, risk } = question
  const demand = riskDemand(question)
  if (!demand || requirement.sensitive.length === 0) return null
  if (risk?.provedHere && standingOf(actor, demand, question) === 'met') return null
  // An account that never had MFA cannot answer the challenge. At medium risk it may still enrol its first MFA factor.
  const isFirst = !hasHadMfa(actor.factors, question.settings.assurances) && !hasOnlyDeadFactors(actor, question)
  const isManaging = requirement.sensitive.every((field) => field.requirement.strongest)
  if (risk?.level === 'MEDIUM' && isFirst && isManaging) return null
  return refused(
    stepUpCode(question),
    needOf(question, [{ ...demand, askedBy: requirement.sensitive }], 'RISK_ELEVATED'),
  )
}

const isAbovePending = (requirement: FoldedRequirement): boolean =>
  requirement.access.some((access) => access !== 'PENDING')

// A proof steps up an active session, and finishes the sign-in of a pending one.
const stepUpCode = ({ actor }: SessionQuestion): ErrorCode =>
  actor.state === 'pending' ? 'MFA_REQUIRED' : 'STEP_UP_REQUIRED'

const refused = (code: ErrorCode, need: StepUpNeed | null = null): AccessRefused => ({ kind: 'refuse', code, need })
