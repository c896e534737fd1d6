import type { SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { AskedGuard, DemandGuard, GuardArguments } from '../kernel/guard.graphql.js'
import { stepUpOf, type StepUp } from '../kernel/step-up.js'
import { decideOperation } from './decide-operation.js'
import { enforceReach, type EnforceDeps } from './enforce-reach.js'
import { DEFAULT_REQUIREMENT, foldRequirements, type FoldedRequirement } from './requirement.js'

/** The same for a caller as they would be after a change. */
export interface ForeseenGuard extends AskedGuard {
  readonly actor: SessionActor
}

export interface ForeseenStepUp {
  readonly code: ErrorCode
  readonly stepUp: StepUp
}

/** What resolvers may ask of the policy while they run. */
export interface Foresight {
  readonly demand: DemandGuard
  /** Whether such a caller would be let in. Records nothing. */
  wouldAllow(asked: ForeseenGuard): Promise<boolean>
  /** The step-up that such a caller would be asked for, opened; null: none, or none would help. Risk is not assessed. */
  nextStepUp(asked: ForeseenGuard): Promise<ForeseenStepUp | null>
}

export function createForesight(deps: EnforceDeps): Foresight {
  const questionOf = ({ context, guard, path, actor }: ForeseenGuard) => ({
    requirement: fold(guard, path, deps.settings.assurances),
    actor,
    now: deps.clock.now(),
    settings: deps.settings,
    operationHash: context.operation?.hash ?? '',
  })
  return {
    demand: ({ context, guard, path }) => {
      const enforced = fold(guard, path, deps.settings.assurances)
      return enforceReach(deps, context, { enforced, reported: null, changes: [] })
    },
    wouldAllow: async (asked) => {
      const risk = await deps.risk.assess(asked.context, 'ACCOUNT')
      return decideOperation({ ...questionOf(asked), risk }).kind === 'allow'
    },
    nextStepUp: async (asked) => {
      const { context, actor } = asked
      const question = questionOf(asked)
      const decision = decideOperation({ ...question, risk: null })
      if (decision.kind === 'allow' || !decision.need) return null
      const { code, need } = decision
      const opened = await deps.stepUps.open({ context, actor, operationHash: question.operationHash, need })
      return { code, stepUp: stepUpOf(need, opened) }
    },
  }
}

function fold(guard: GuardArguments, path: string, assurances: Assurances): FoldedRequirement {
  return foldRequirements([{ path, requirement: { ...DEFAULT_REQUIREMENT, ...guard } }], assurances)
}
