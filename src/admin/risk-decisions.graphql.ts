import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { SentenceId } from '../kernel/sentences.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { RISK_LABELS, type RiskLabel } from '../risk/index.js'
import { labelRiskDecision, type LabelRiskDecisionDeps, type LabelRiskDecisionOutcome } from './label-risk-decision.js'
import { findRiskDecision } from './risk-decision.js'
import { presentRiskDecision, RiskDecisionType, RiskLabelEnum } from './risk-decision.graphql.js'

const REVIEW: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.risk' }

/** Undefined: the refusal only says that there is no such decision. */
const SENTENCES: Readonly<Record<Exclude<LabelRiskDecisionOutcome['kind'], 'labelled'>, SentenceId | undefined>> = {
  unknown: undefined,
  'own-account': 'operator.not-yourself',
  'too-old': 'risk.label-too-old',
  'nothing-kept': 'risk.label-nothing-kept',
  full: 'risk.label-full',
}

/** How operators read and label risk decisions. */
@Resolver()
export class RiskDecisionsResolver {
  constructor(private readonly deps: LabelRiskDecisionDeps) {}

  @Query(() => RiskDecisionType, {
    nullable: true,
    description:
      'One decision, by the id of its `risk.assessed` or `risk.blocked` event or by the reference that a person was ' +
      'given; null when there is none.',
  })
  @Guard(REVIEW)
  async riskDecision(
    @Arg('id', () => ID, { description: 'The id of the event, or the reference.' }) id: string,
    @Ctx() { say }: RequestContext,
  ): Promise<RiskDecisionType | null> {
    const decision = await findRiskDecision(this.deps.auditStore, id)
    return decision && presentRiskDecision(decision, say)
  }

  @Mutation(() => RiskDecisionType, {
    description: 'Labels a decision with what it turned out to be. Only that person’s profile learns from it.',
  })
  @Guard(REVIEW)
  async labelRiskDecision(
    @Arg('id', () => ID, { description: 'The id of the event, or the reference.' }) id: string,
    @Arg('label', () => RiskLabelEnum, { description: 'The finding.' }) label: RiskLabel,
    @Ctx() context: RequestContext,
  ): Promise<RiskDecisionType> {
    const parsed = parseInput(z.object({ id: z.string().max(256), label: z.enum(RISK_LABELS) }), { id, label })
    const outcome = await labelRiskDecision(this.deps, {
      actor: context.actor,
      reference: parsed.id,
      label: parsed.label,
      context: auditContextOf(context),
    })
    if (outcome.kind !== 'labelled') throw badInput(['id'], SENTENCES[outcome.kind])
    return presentRiskDecision(outcome.decision, context.say)
  }
}
