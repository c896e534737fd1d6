import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FactorGraphType, presentFactor } from '../factors/factor.graphql.js'
import { drawQrCode, regenerateRecoveryCodes, summarize, type RegenerateRecoveryCodesDeps } from '../factors/index.js'
import { FactorTypeEnum } from '../kernel/enums.graphql.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { nameText } from '../kernel/text.js'
import { beginEnrollment, type BeginEnrollmentDeps } from './begin-enrollment.js'
import { ChallengeType, presentChallenge } from './challenge.graphql.js'
import type { ChallengedPerson } from './ports.js'

@InputType({ description: 'A new factor.' })
export class EnrollFactorInput {
  @Field(() => FactorTypeEnum, { description: 'Its kind; `stepUp.enroll` says which are on offer.' })
  readonly type!: FactorType

  @Field(() => String, { nullable: true, description: 'Its name, up to 64 characters; a plain one is given without.' })
  readonly name?: string | null
}

@ObjectType({ description: 'A QR code.' })
export class QrCodeType {
  @Field(() => String, { description: 'As SVG text.' })
  readonly svg!: string

  @Field(() => String, { description: 'As a PNG in a `data:` URL.' })
  readonly pngDataUrl!: string
}

@ObjectType({ description: 'What an authenticator app has to be told, once.' })
export class TotpEnrollment {
  @Field(() => String, { description: 'The seed in base32, to be typed where no camera is at hand.' })
  readonly secret!: string

  @Field(() => String, { description: 'The same as an `otpauth://` address.' })
  readonly otpauthUri!: string

  @Field(() => QrCodeType, { description: 'The same to be scanned.' })
  readonly qrCode!: QrCodeType
}

@ObjectType({ description: 'A factor that waits for its first proof.' })
export class EnrollFactorPayload {
  @Field(() => FactorGraphType, { description: 'The new factor; it counts once its challenge is passed.' })
  readonly factor!: FactorGraphType

  @Field(() => ChallengeType, {
    nullable: true,
    description: 'Prove it with this one; null for recovery codes, which need no proof.',
  })
  readonly challenge!: ChallengeType | null

  @Field(() => TotpEnrollment, { nullable: true, description: 'For `TOTP`.' })
  readonly totp!: TotpEnrollment | null

  @Field(() => [String], { nullable: true, description: 'For `RECOVERY_CODE`: the codes, shown once.' })
  readonly recoveryCodes!: readonly string[] | null
}

const enrollInput = z.object({ type: z.enum(FACTOR_TYPES), name: nameText.nullish() })

export type EnrollmentResolverDeps = BeginEnrollmentDeps & Omit<RegenerateRecoveryCodesDeps, 'challenges'>

@Resolver()
export class EnrollmentResolver {
  constructor(private readonly deps: EnrollmentResolverDeps) {}

  @Mutation(() => EnrollFactorPayload, { description: 'Begins a new factor. What it shows is never shown again.' })
  @Guard({ access: 'PENDING', strongest: true, withinSeconds: FRESHNESS.strict, purpose: 'factor.enroll' })
  async enrollFactor(
    @Arg('input', () => EnrollFactorInput, { description: 'The kind of factor.' }) input: EnrollFactorInput,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<EnrollFactorPayload> {
    const person = viewerOf(context)
    const { type, name } = parseInput(enrollInput, input)
    if (type === 'RECOVERY_CODE') return this.enrollRecoveryCodes(person, context)
    const outcome = await beginEnrollment(this.deps, {
      person,
      type,
      name: name ?? null,
      context: auditContextOf(context),
    })
    switch (outcome.kind) {
      case 'type-not-offered':
        throw badInput(['type'], 'Factors of this kind are not on offer.')
      case 'too-many-factors':
        throw refuse('FORBIDDEN', { message: 'There are as many factors as an account may have: remove one first.' })
      case 'busy':
        throw refuse('UNAVAILABLE', { message: 'Another enrolment began at the same moment: try again.' })
      case 'begun': {
        const { totp } = outcome.reveal
        return {
          factor: presentFactor(summarize(outcome.factor)),
          challenge: presentChallenge(outcome.challenge),
          totp: totp && { ...totp, qrCode: await drawQrCode(totp.otpauthUri) },
          recoveryCodes: null,
        }
      }
    }
  }

  private async enrollRecoveryCodes(person: ChallengedPerson, context: RequestContext): Promise<EnrollFactorPayload> {
    if (person.activeFactorCount === 0)
      throw badInput(['type'], 'Enrol another factor first: recovery codes stand in for one.')
    const made = await regenerateRecoveryCodes(this.deps, {
      accountId: person.account.id,
      context: auditContextOf(context),
    })
    if (!made) throw refuse('UNAUTHENTICATED')
    const { factor, recoveryCodes } = made
    return { factor: presentFactor(summarize(factor)), challenge: null, totp: null, recoveryCodes }
  }
}
