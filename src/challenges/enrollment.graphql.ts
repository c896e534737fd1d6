import { GraphQLJSONObject } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FactorGraphType, presentFactor } from '../factors/factor.graphql.js'
import {
  drawQrCodePng,
  drawQrCodeSvg,
  regenerateRecoveryCodes,
  summarize,
  type RegenerateRecoveryCodesDeps,
} from '../factors/index.js'
import { secondsBetween } from '../kernel/clock.js'
import { FactorTypeEnum } from '../kernel/enums.graphql.js'
import { FACTOR_TYPES, type FactorType } from '../kernel/factor-type.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { PERSON_PARTS } from '../kernel/person-part.js'
import { Reads } from '../kernel/reads.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse, refuseUntil } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { factorIdText, nameText } from '../kernel/text.js'
import { beginEnrollment, type BeginEnrollmentDeps, type BeginEnrollmentOutcome } from './begin-enrollment.js'
import { ChallengeType, presentChallenge } from './challenge.graphql.js'
import type { ChallengedPerson } from './ports.js'

@InputType({ description: 'A new factor.' })
export class EnrollFactorInput {
  @Field(() => FactorTypeEnum, { description: 'Its kind; `stepUp.enroll` lists the available ones.' })
  readonly type!: FactorType

  @Field(() => String, { nullable: true, description: 'Its name, up to 64 characters; a default name without.' })
  readonly name?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'For `SMS`: the number in international form, such as `+1 202 555 0123`. Codes are only sent there.',
  })
  readonly phoneNumber?: string | null

  @Field(() => String, { nullable: true, description: 'For `EMAIL`: the address; your account’s own by default.' })
  readonly emailAddress?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'One of your factors, which the new one replaces once it is proved. It works until then.',
  })
  readonly replaces?: string | null
}

@ObjectType('QrCode', { description: 'A QR code.' })
export class QrCodeType {
  // Each image is drawn on demand and only once, even if many aliases request it.
  private drawnSvg: Promise<string> | null = null
  private drawnPng: Promise<string> | null = null

  constructor(private readonly text: string) {}

  @Field(() => String, { description: 'As SVG text.' })
  svg(): Promise<string> {
    return (this.drawnSvg ??= drawQrCodeSvg(this.text))
  }

  @Field(() => String, { description: 'As a PNG in a `data:` URL.' })
  pngDataUrl(): Promise<string> {
    return (this.drawnPng ??= drawQrCodePng(this.text))
  }
}

@ObjectType({ description: 'The parameters for an authenticator app, shown once.' })
export class TotpEnrollment {
  @Field(() => String, { description: 'The seed in base32, to type where there is no camera.' })
  readonly secret!: string

  @Field(() => String, { description: 'The same as an `otpauth://` address.' })
  readonly otpauthUri!: string

  @Field(() => QrCodeType, { description: 'The same as a QR code.' })
  readonly qrCode!: QrCodeType
}

@ObjectType({ description: 'The browser’s options for creating a passkey.' })
export class WebAuthnEnrollment {
  @Field(() => GraphQLJSONObject, {
    description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`.',
  })
  readonly creationOptions!: object
}

@ObjectType({ description: 'How to connect the device that will answer prompts, shown once.' })
export class PushEnrollment {
  @Field(() => String, { description: 'Open it on that device.' })
  readonly connectUrl!: string

  @Field(() => QrCodeType, { description: 'The same as a QR code.' })
  readonly qrCode!: QrCodeType
}

@ObjectType({ description: 'A factor that waits for its first proof.' })
export class EnrollFactorPayload {
  @Field(() => FactorGraphType, { description: 'The new factor; it counts once its challenge is passed.' })
  readonly factor!: FactorGraphType

  @Field(() => ChallengeType, {
    nullable: true,
    description: 'Prove it with this challenge; null for recovery codes, which need no proof.',
  })
  readonly challenge!: ChallengeType | null

  @Field(() => TotpEnrollment, { nullable: true, description: 'For `TOTP`.' })
  readonly totp!: TotpEnrollment | null

  @Field(() => WebAuthnEnrollment, { nullable: true, description: 'For `WEBAUTHN`.' })
  readonly webauthn!: WebAuthnEnrollment | null

  @Field(() => PushEnrollment, { nullable: true, description: 'For `PUSH`.' })
  readonly push!: PushEnrollment | null

  @Field(() => [String], { nullable: true, description: 'For `RECOVERY_CODE`: the codes, shown once.' })
  readonly recoveryCodes!: readonly string[] | null
}

@InputType({ description: 'A new phone number for an `SMS` factor.' })
export class ChangePhoneInput {
  @Field(() => ID, { description: 'The `SMS` factor with the old number. It works until the new one is proved.' })
  readonly factorId!: string

  @Field(() => String, { description: 'The new number in international form; a code is sent there.' })
  readonly newPhoneNumber!: string
}

const changePhoneInput = z.object({ factorId: factorIdText, newPhoneNumber: z.string().min(1).max(64) })
const enrollInput = z.object({
  type: z.enum(FACTOR_TYPES),
  name: nameText.nullish(),
  phoneNumber: z.string().min(1).max(64).nullish(),
  emailAddress: z.string().min(3).max(254).nullish(),
  replaces: factorIdText.nullish(),
})

export type EnrollmentResolverDeps = BeginEnrollmentDeps & Omit<RegenerateRecoveryCodesDeps, 'challenges'>

@Resolver()
export class EnrollmentResolver {
  constructor(private readonly deps: EnrollmentResolverDeps) {}

  @Mutation(() => EnrollFactorPayload, { description: 'Begins a new factor. Its secrets are shown only this once.' })
  @Guard({
    access: 'PENDING',
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'factor.enroll',
    authentication: true,
    rule: 'CREDENTIALS',
  })
  @Reads(...PERSON_PARTS)
  async enrollFactor(
    @Arg('input', () => EnrollFactorInput, { description: 'The kind of factor.' }) input: EnrollFactorInput,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<EnrollFactorPayload> {
    const person = viewerOf(context)
    const given = parseInput(enrollInput, input)
    if (given.type === 'RECOVERY_CODE') return this.enrollRecoveryCodes(person, context)
    const outcome = await beginEnrollment(this.deps, {
      person,
      type: given.type,
      name: given.name ?? null,
      phoneNumber: given.phoneNumber ?? null,
      emailAddress: given.emailAddress ?? null,
      replaces: given.replaces ?? null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'begun') return presentEnrollment(outcome, this.deps.clock.now())
    throw this.refusalOf(outcome, given.type)
  }

  @Mutation(() => EnrollFactorPayload, {
    description: 'Begins a new number for an `SMS` factor. Prove it with the challenge, which removes the old number.',
  })
  @Guard({
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'phone.change',
    authentication: true,
    rule: 'CREDENTIALS',
  })
  @Reads(...PERSON_PARTS)
  async changePhone(
    @Arg('input', () => ChangePhoneInput, { description: 'The factor and its new number.' }) input: ChangePhoneInput,
    @Ctx() context: RequestContext<ChallengedPerson>,
  ): Promise<EnrollFactorPayload> {
    const person = viewerOf(context)
    const { factorId, newPhoneNumber } = parseInput(changePhoneInput, input)
    const replaced = person.factorRecords[factorId]
    if (replaced?.type !== 'SMS') throw badInput(['factorId'])
    const outcome = await beginEnrollment(this.deps, {
      person,
      type: 'SMS',
      name: replaced.name,
      phoneNumber: newPhoneNumber,
      emailAddress: null,
      replaces: factorId,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'begun') return presentEnrollment(outcome, this.deps.clock.now())
    throw this.refusalOf(outcome, 'SMS')
  }

  private refusalOf(outcome: Exclude<BeginEnrollmentOutcome, { kind: 'begun' }>, type: FactorType) {
    switch (outcome.kind) {
      case 'type-not-offered':
        return badInput(['type'], 'enrollment.type-not-offered')
      case 'bad-input':
        return badInput([outcome.field], outcome.says)
      case 'unknown-factor':
        return badInput(['replaces'])
      case 'same-channel':
        return badInput([DESTINATION[type] ?? 'type'], 'enrollment.same-channel')
      case 'undeliverable':
        return badInput([DESTINATION[type] ?? 'type'], 'enrollment.undeliverable')
      case 'too-many-factors':
        return refuse('FORBIDDEN', { says: 'enrollment.too-many' })
      case 'last-factor':
        return refuse('FORBIDDEN', { says: 'enrollment.factor-does-not-count' })
      case 'limited':
        return refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
      case 'resting':
        return refuseUntil('RATE_LIMITED', secondsBetween(this.deps.clock.now(), outcome.until))
      case 'busy':
        return refuse('UNAVAILABLE', { says: 'enrollment.another-began' })
    }
  }

  private async enrollRecoveryCodes(person: ChallengedPerson, context: RequestContext): Promise<EnrollFactorPayload> {
    if (person.activeFactorCount === 0) throw badInput(['type'], 'enrollment.factor-first')
    const made = await regenerateRecoveryCodes(this.deps, {
      accountId: person.account.id,
      context: auditContextOf(context),
    })
    if (!made) throw refuse('UNAUTHENTICATED')
    const factor = presentFactor(summarize(made.factor), this.deps.clock.now())
    return { factor, challenge: null, totp: null, webauthn: null, push: null, recoveryCodes: made.recoveryCodes }
  }
}

/** The input field with the destination of messages. */
const DESTINATION: Partial<Record<FactorType, string>> = { SMS: 'phoneNumber', EMAIL: 'emailAddress' }

function presentEnrollment(
  { factor, opened, reveal }: Extract<BeginEnrollmentOutcome, { kind: 'begun' }>,
  now: Date,
): EnrollFactorPayload {
  const { totp, push } = reveal
  return {
    factor: presentFactor(summarize(factor), now),
    challenge: presentChallenge(opened),
    totp: totp && { ...totp, qrCode: new QrCodeType(totp.otpauthUri) },
    webauthn: opened.shown.webauthn && { creationOptions: opened.shown.webauthn },
    push: push && { ...push, qrCode: new QrCodeType(push.connectUrl) },
    recoveryCodes: null,
  }
}
