import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { FactorGraphType } from '../factors/factor.graphql.js'
import { enumOf, ErrorCodeEnum, FactorTypeEnum } from '../kernel/enums.graphql.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { FactorType } from '../kernel/factor-type.js'
import { SessionType, TokensType } from '../sessions/session.graphql.js'
import { CHALLENGE_PURPOSES, type ChallengePurpose } from '../kernel/challenge-purpose.js'
import type { OpenedChallenge } from './ask-question.js'

export const ChallengePurposeEnum = enumOf(CHALLENGE_PURPOSES)
registerEnumType(ChallengePurposeEnum, {
  name: 'ChallengePurpose',
  description: 'What the right answer does.',
  valuesConfig: {
    ENROLLMENT: { description: 'Activates a new factor.' },
    SIGN_IN: { description: 'Finishes a sign-in.' },
    STEP_UP: { description: 'Raises an active session.' },
  },
})

@ObjectType({ description: 'The browser’s options for requesting a passkey.' })
export class WebAuthnChallenge {
  @Field(() => GraphQLJSONObject, {
    description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.',
  })
  readonly requestOptions!: object
}

@ObjectType({ description: 'What to show while the enrolled device is prompted.' })
export class PushChallenge {
  @Field(() => String, { description: 'The number to type on the device; two digits.' })
  readonly number!: string
}

@ObjectType('Challenge', { description: 'One question to one session about one factor, answered at most once.' })
export class ChallengeType {
  @Field(() => ID, { description: 'Pass it to `verifyChallenge`.' })
  readonly id!: string

  @Field(() => FactorTypeEnum, { description: 'The kind of factor it is about.' })
  readonly factorType!: FactorType

  @Field(() => ChallengePurposeEnum, { description: 'What the right answer does.' })
  readonly purpose!: ChallengePurpose

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires.' })
  readonly expiresAt!: Date

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When a new code may be sent; null where nothing is sent.',
  })
  readonly resendAvailableAt!: Date | null

  @Field(() => Int, { description: 'How many answers it still accepts.' })
  readonly attemptsLeft!: number

  @Field(() => WebAuthnChallenge, { nullable: true, description: 'For `WEBAUTHN`, except during its enrolment.' })
  readonly webauthn!: WebAuthnChallenge | null

  @Field(() => PushChallenge, { nullable: true, description: 'For `PUSH`.' })
  readonly push!: PushChallenge | null
}

@ObjectType({
  description:
    'The answer was right. The session has a new id; the old credential stops working once the new one is ' + 'used.',
})
export class ChallengePassed {
  @Field(() => SessionType, { description: 'The session as it is now.' })
  readonly session!: SessionType

  @Field(() => FactorGraphType, { description: 'The factor that was proved.' })
  readonly factor!: FactorGraphType

  @Field(() => Boolean, {
    description: 'True after a recovery code: a factor is lost, so enrol a new one; `factor.codesLeft` codes are left.',
  })
  readonly reEnrollmentAdvised!: boolean

  @Field(() => Boolean, { description: 'Whether this device is now remembered.' })
  readonly deviceRemembered!: boolean

  @Field(() => [String], { nullable: true, description: 'With the first factor: ten recovery codes, shown once.' })
  readonly recoveryCodes!: readonly string[] | null

  @Field(() => TokensType, { nullable: true, description: 'For bearer sessions; null with cookies.' })
  readonly tokens!: TokensType | null

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the value of the `Stepgate-Device` header.',
  })
  readonly deviceToken!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'For a session that a backend began: a JWT for that backend, signed by the keys at ' +
      '`/.well-known/jwks.json`.',
  })
  readonly proof!: string | null
}

@ObjectType({ description: 'The answer did not count.' })
export class ChallengeFailed {
  @Field(() => ErrorCodeEnum, { description: '`CODE_INVALID` or `CHALLENGE_NOT_AVAILABLE`.' })
  readonly code!: ErrorCode

  @Field(() => Int, { nullable: true, description: 'How many answers are left; null when there is no such challenge.' })
  readonly attemptsLeft!: number | null
}

export const VerifyChallengeResult = createUnionType({
  name: 'VerifyChallengeResult',
  description: 'The result of an answer.',
  types: () => [ChallengePassed, ChallengeFailed] as const,
  resolveType: (value) => ('session' in value ? ChallengePassed : ChallengeFailed),
})

export type VerifyChallengeAnswer = ChallengePassed | ChallengeFailed

@InputType({ description: 'Which factor to challenge.' })
export class ChallengeFactorInput {
  @Field(() => ID, { description: 'One of `stepUp.challenge`, or of `myFactors`.' })
  readonly factorId!: string

  @Field(() => String, {
    nullable: true,
    description:
      'From `StepUp`: binds the proof to the operation that requires it. Without it the proof raises the ' +
      'session in general.',
  })
  readonly mfaToken?: string | null
}

@InputType({
  description:
    'The answer to a challenge: a code, a passkey’s answer, or a recovery code; none for `PUSH`. Name either the ' +
    'challenge, or a factor whose code is at hand (`TOTP`, `RECOVERY_CODE`): then the same call begins its challenge.',
})
export class VerifyChallengeInput {
  @Field(() => ID, { nullable: true, description: 'The challenge that was begun.' })
  readonly challengeId?: string | null

  @Field(() => ID, { nullable: true, description: 'The factor, where no challenge was begun.' })
  readonly factorId?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Only with `factorId`: what `challengeFactor` takes.',
  })
  readonly mfaToken?: string | null

  @Field(() => String, { nullable: true, description: 'The code; spaces between the digits do not matter.' })
  readonly code?: string | null

  @Field(() => String, { nullable: true, description: 'A recovery code, for a challenge about recovery codes.' })
  readonly recoveryCode?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'For `WEBAUTHN`: `JSON.stringify(credential)` of the result of `navigator.credentials`.',
  })
  readonly webauthn?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to spare this device the prompt at sign-in from now on.',
  })
  readonly rememberDevice!: boolean
}

export function presentChallenge({ challenge, shown }: OpenedChallenge): ChallengeType {
  const { id, factorType, purpose, expiresAt, attemptsLeft, resendAvailableAt } = challenge
  const webauthn = shown.webauthn && purpose !== 'ENROLLMENT' ? { requestOptions: shown.webauthn } : null
  return { id, factorType, purpose, expiresAt, attemptsLeft, resendAvailableAt, webauthn, push: shown.push }
}
