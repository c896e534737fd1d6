import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { FactorSummary } from '../kernel/actor.js'
import type { Assurances, FactorProof } from '../kernel/assurance.js'
import { wantedWithout } from '../kernel/factors-left.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import { addresseeOf, takesBackSession, type Notices } from '../kernel/notices.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { factorIdText, nameText } from '../kernel/text.js'
import { FactorGraphType, presentFactor, presentFactors } from './factor.graphql.js'
import { regenerateRecoveryCodes, type RegenerateRecoveryCodesDeps } from './regenerate-recovery-codes.js'
import { removeFactor, type RemoveFactorDeps } from './remove-factor.js'
import { renameFactor, type RenameFactorDeps } from './rename-factor.js'

@InputType({ description: 'A factor and its new name.' })
export class RenameFactorInput {
  @Field(() => ID, { description: 'Which factor.' })
  readonly factorId!: string

  @Field(() => String, { description: 'Up to 64 characters.' })
  readonly name!: string
}

@ObjectType({ description: 'The result of removing a factor.' })
export class RemoveFactorPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected removal is an error.' })
  readonly removed!: boolean
}

@ObjectType({ description: 'New recovery codes.' })
export class RecoveryCodesPayload {
  @Field(() => [String], { description: 'Shown once. Every older code is invalid.' })
  readonly recoveryCodes!: readonly string[]
}

interface Viewer {
  readonly account: { readonly id: AccountId; readonly language: string | null }
  readonly session: { readonly id: SessionId; readonly signInId: SessionId; readonly deviceId: DeviceId | null }
  readonly factors: readonly FactorSummary[]
  readonly mfaRules: MfaRules
  readonly reEnrollSince: Date | null
}

interface ViewerWithAddresses extends Viewer {
  readonly noticeAddresses: readonly string[]
}

export type FactorResolverDeps = RemoveFactorDeps &
  RenameFactorDeps &
  RegenerateRecoveryCodesDeps & {
    /** Sent after the answer. */
    readonly notices: Notices
    readonly assurances: Assurances
  }

const renameInput = z.object({ factorId: factorIdText, name: nameText })

@Resolver()
export class FactorResolver {
  constructor(private readonly deps: FactorResolverDeps) {}

  @Query(() => [FactorGraphType], { description: 'Your factors, including those that wait for their first proof.' })
  @Guard({ rule: 'ACCOUNT' })
  myFactors(@Ctx() context: RequestContext<Viewer>): FactorGraphType[] {
    return presentFactors(viewerOf(context).factors, this.deps.clock.now())
  }

  @Mutation(() => FactorGraphType, { description: 'Renames a factor.' })
  @Guard({ strongest: true, withinSeconds: FRESHNESS.strict, purpose: 'factor.rename', rule: 'ACCOUNT' })
  async renameFactor(
    @Arg('input', () => RenameFactorInput, { description: 'The factor and its name.' }) input: RenameFactorInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<FactorGraphType> {
    const { account, factors } = viewerOf(context)
    const { factorId, name } = parseInput(renameInput, input)
    const factor = factors.find((each) => each.id === factorId)
    const isRenamed = await renameFactor(this.deps, {
      accountId: account.id,
      factorId,
      name,
      context: auditContextOf(context),
    })
    if (!isRenamed || !factor) throw badInput(['factorId'])
    return presentFactor({ ...factor, name }, this.deps.clock.now())
  }

  @Mutation(() => RemoveFactorPayload, {
    description: 'Removes a factor. Other sessions end, and devices are forgotten.',
  })
  @Guard({ strongest: true, withinSeconds: FRESHNESS.strict, purpose: 'factor.remove', rule: 'CREDENTIALS' })
  @Reads('FACTORS')
  async removeFactor(
    @Arg('factorId', () => ID, { description: 'The factor.' }) factorId: string,
    @Ctx() context: RequestContext<ViewerWithAddresses>,
  ): Promise<RemoveFactorPayload> {
    const viewer = viewerOf(context)
    const { account, session, factors } = viewer
    const parsed = parseInput(z.object({ factorId: factorIdText }), { factorId })
    const found = factors.find(({ id }) => id === parsed.factorId)
    const outcome = await removeFactor(this.deps, {
      accountId: account.id,
      sessionId: session.id,
      factorId: parsed.factorId,
      wanted: found ? wantedWithout(viewer, found, this.deps.assurances) : [],
      context: auditContextOf(context),
    })
    if (outcome === 'unknown') throw badInput(['factorId'])
    if (outcome === 'last') throw refuse('FORBIDDEN', { says: 'factor.last' })
    endGrantBy(context, ({ factorId }) => factorId === parsed.factorId)
    const factor = found?.name ?? ''
    const about = { to: addresseeOf(viewer), context: auditContextOf(context), takesBack: takesBackSession(session) }
    context.afterAnswer(() => this.deps.notices.tell({ ...about, name: 'factor-removed', details: { factor } }))
    return { removed: true }
  }

  @Mutation(() => RecoveryCodesPayload, {
    description: 'Creates new recovery codes. Every older code becomes invalid.',
  })
  @Guard({
    assurance: 'MFA',
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'recovery-codes.regenerate',
    rule: 'CREDENTIALS',
  })
  @Reads('FACTORS')
  async regenerateRecoveryCodes(@Ctx() context: RequestContext<ViewerWithAddresses>): Promise<RecoveryCodesPayload> {
    const viewer = viewerOf(context)
    const { account, session } = viewer
    const input = { accountId: account.id, context: auditContextOf(context) }
    const made = await regenerateRecoveryCodes(this.deps, input)
    if (!made) throw refuse('UNAUTHENTICATED')
    endGrantBy(context, ({ type }) => type === 'RECOVERY_CODE')
    const takesBack = { ...takesBackSession(session), factorId: made.factor.id }
    const about = { to: addresseeOf(viewer), context: input.context, takesBack, details: {} }
    context.afterAnswer(() => this.deps.notices.tell({ ...about, name: 'recovery-codes-replaced' }))
    return { recoveryCodes: made.recoveryCodes }
  }
}

/** Ends what was granted on a proof of a removed factor. */
function endGrantBy(context: RequestContext<Viewer>, isGone: (proof: FactorProof) => boolean): void {
  if (context.actor.kind === 'session' && context.actor.proofs.some(isGone)) endGrant(context)
}
