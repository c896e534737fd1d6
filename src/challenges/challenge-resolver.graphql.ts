import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { presentFactor } from '../factors/factor.graphql.js'
import { secondsBetween } from '../kernel/clock.js'
import { Guard } from '../kernel/guard.graphql.js'
import { PERSON_PARTS } from '../kernel/person-part.js'
import { Reads } from '../kernel/reads.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse, refuseUntil } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { challengeIdText, factorIdText } from '../kernel/text.js'
import { deliverCookies } from '../sessions/index.js'
import type { DeviceProofs } from '../devices/index.js'
import { presentCredentials, presentSession } from '../sessions/session.graphql.js'
import { answerAtOnce, type AnswerAtOnceDeps, type AnswerAtOnceOutcome } from './answer-at-once.js'
import { beginChallenge, type BeginChallengeDeps, type BeginChallengeOutcome } from './begin-challenge.js'
import { cancelChallenge, type CancelChallengeDeps } from './cancel-challenge.js'
import {
  ChallengeFactorInput,
  ChallengeType,
  presentChallenge,
  VerifyChallengeInput,
  VerifyChallengeResult,
  type VerifyChallengeAnswer,
} from './challenge.graphql.js'
import type { ChallengedPerson } from './ports.js'
import { verifyChallenge } from './verify-challenge.js'

@ObjectType({ description: 'The result of cancelling a challenge.' })
export class CancelChallengePayload {
  @Field(() => Boolean, { description: 'False when the session had no such challenge.' })
  readonly cancelled!: boolean
}

const mfaToken = z.string().min(1).max(512).nullish()
const challengeInput = z.object({ factorId: factorIdText, mfaToken })
// Codes are verified instead of validated: a malformed code gets the same answer as a wrong one (R022). Only absurd
// sizes are rejected here.
const verifyInput = z.object({
  challengeId: z.string().max(200).nullish(),
  factorId: factorIdText.nullish(),
  mfaToken,
  code: z.string().max(4096).nullish(),
  recoveryCode: z.string().max(4096).nullish(),
  webauthn: z.string().max(65_536).nullish(),
  rememberDevice: z.boolean(),
})
const cancelInput = z.object({ challengeId: challengeIdText })

export type ChallengesDeps = BeginChallengeDeps & AnswerAtOnceDeps & CancelChallengeDeps

type Answered = 'passed' | 'wrong-answer' | 'waiting' | 'not-available'
type Refused = Exclude<BeginChallengeOutcome | AnswerAtOnceOutcome, { kind: 'begun' | Answered }>

@Resolver()
export class ChallengeResolver {
  constructor(
    private readonly deps: ChallengesDeps,
    private readonly deviceProofs: DeviceProofs,
  ) {}

  @Mutation(() => ChallengeType, {
    description: 'Starts a challenge about one of your factors. A new challenge replaces the old one.',
  })
  @Guard({ access: 'PENDING', authentication: true })
  @Reads(...PERSON_PARTS)
  async challengeFactor(
    @Arg('input', () => ChallengeFactorInput, { description: 'The factor, and the purpose.' })
    input: ChallengeFactorInput,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<ChallengeType> {
    const { factorId, mfaToken } = parseInput(challengeInput, input)
    const outcome = await beginChallenge(this.deps, {
      person: viewerOf(context),
      factorId,
      mfaToken: mfaToken ?? null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'begun') return presentChallenge(outcome.opened)
    throw this.refusalOf(outcome)
  }

  @Mutation(() => VerifyChallengeResult, { description: 'Answers a challenge. A right answer raises the session.' })
  @Guard({ access: 'PENDING', authentication: true })
  @Reads(...PERSON_PARTS)
  async verifyChallenge(
    @Arg('input', () => VerifyChallengeInput, { description: 'The challenge and its answer.' })
    input: VerifyChallengeInput,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<VerifyChallengeAnswer> {
    const person = viewerOf(context)
    const { challengeId, factorId, mfaToken, ...given } = parseInput(verifyInput, input)
    const { code, recoveryCode, webauthn, rememberDevice } = given
    const answer = {
      person,
      answer: { code: code ?? null, recoveryCode: recoveryCode ?? null, webauthn: webauthn ?? null },
      origin: context.origin,
      deviceToken: context.jar.deviceToken(person.account.id),
      deviceKey: this.deviceProofs.read(context.jar.deviceProof()),
      rememberDevice,
      context: auditContextOf(context),
    }
    if (factorId != null) {
      if (challengeId != null) throw badInput(['challengeId', 'factorId'], 'challenge.one-of-two')
      const outcome = await answerAtOnce(this.deps, { ...answer, factorId, mfaToken: mfaToken ?? null })
      return this.presentOutcome(outcome, context)
    }
    if (challengeId == null) throw badInput(['challengeId', 'factorId'], 'challenge.one-of-two')
    if (mfaToken != null) throw badInput(['mfaToken'], 'challenge.token-of-another-call')
    const known = challengeIdText.safeParse(challengeId)
    if (!known.success) return notAvailable
    return this.presentOutcome(await verifyChallenge(this.deps, { ...answer, challengeId: known.data }), context)
  }

  @Mutation(() => CancelChallengePayload, {
    description: 'Cancels a challenge. Spent attempts stay spent.',
  })
  @Guard({ access: 'PENDING' })
  @Reads(...PERSON_PARTS)
  async cancelChallenge(
    @Arg('challengeId', () => ID, { description: 'The challenge.' }) id: string,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<CancelChallengePayload> {
    const person = viewerOf(context)
    const { challengeId } = parseInput(cancelInput, { challengeId: id })
    return { cancelled: await cancelChallenge(this.deps, { person, challengeId, context: auditContextOf(context) }) }
  }

  private refusalOf(outcome: Refused) {
    switch (outcome.kind) {
      case 'asks-first':
        return badInput(['factorId'], 'challenge.asks-first')
      case 'organization-required':
        return refuse('ORGANIZATION_REQUIRED')
      case 'unknown-factor':
        return badInput(['factorId'])
      case 'factor-expired':
        return badInput(['factorId'], 'challenge.factor-out-of-use')
      case 'factor-not-admitted':
        return badInput(['factorId'], 'challenge.factor-not-admitted')
      case 'session-ended':
        return refuse('UNAUTHENTICATED')
      case 'undeliverable':
        return refuse('UNAVAILABLE', { says: 'challenge.undeliverable' })
      case 'limited':
        return refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
      case 'too-soon':
      case 'resting':
        return refuseUntil('RATE_LIMITED', secondsBetween(this.deps.clock.now(), outcome.until))
      case 'locked':
      case 'exhausted':
        return refuseUntil('TOO_MANY_ATTEMPTS', secondsBetween(this.deps.clock.now(), outcome.until))
      case 'mfa-token':
        return refuse(MFA_TOKEN_FAULTS[outcome.fault])
    }
  }

  private presentOutcome(
    outcome: AnswerAtOnceOutcome,
    context: RequestContext<ChallengedPerson>,
  ): VerifyChallengeAnswer {
    switch (outcome.kind) {
      case 'not-available':
        return notAvailable
      case 'waiting':
        return { code: 'CODE_INVALID', attemptsLeft: outcome.attemptsLeft }
      case 'wrong-answer':
        context.afterAnswer(outcome.notify)
        return { code: 'CODE_INVALID', attemptsLeft: outcome.attemptsLeft }
      case 'passed': {
        context.afterAnswer(outcome.notify)
        deliverCookies(context.jar, outcome.credentials)
        const { tokens, deviceToken } = presentCredentials(outcome.credentials)
        return {
          session: presentSession(outcome.session, outcome.session.id, this.deps.assurances),
          factor: presentFactor(outcome.factor, this.deps.clock.now()),
          reEnrollmentAdvised: outcome.factor.type === 'RECOVERY_CODE',
          deviceRemembered: outcome.deviceRemembered,
          recoveryCodes: outcome.recoveryCodes,
          tokens,
          deviceToken,
          proof: outcome.credentials.proof,
        }
      }
      default:
        throw this.refusalOf(outcome)
    }
  }
}

const notAvailable: VerifyChallengeAnswer = Object.freeze({
  code: 'CHALLENGE_NOT_AVAILABLE',
  attemptsLeft: null,
})

const MFA_TOKEN_FAULTS = {
  invalid: 'MFA_TOKEN_INVALID',
  expired: 'MFA_TOKEN_EXPIRED',
  'not-found': 'MFA_TOKEN_NOT_FOUND',
} as const
