import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { z } from 'zod'
import { ChallengeType } from '../../challenges/challenge.graphql.js'
import { enumOf } from '../../kernel/enums.graphql.js'
import type { StepUp } from '../../kernel/step-up.js'
import { StepUpType } from '../../kernel/step-up.graphql.js'
import { AUTHENTICATION_INTENTS, type AuthenticationIntent } from '../../sessions/index.js'
import { isSingleMethod } from '../external-methods.js'
import { TokensType } from '../../sessions/session.graphql.js'
import {
  BEGINS_CHALLENGE,
  beginChallengeInput,
  BeginChallengeInput,
  FingerprintAttributeInput,
} from '../arrival-input.graphql.js'
import { reportedDeviceInput } from './reported-device.js'

const VERDICTS = ['ALLOW', 'CHALLENGE', 'ENROLL', 'BLOCK'] as const
export type AuthenticationVerdict = (typeof VERDICTS)[number]

const AuthenticationVerdictEnum = enumOf(VERDICTS)
registerEnumType(AuthenticationVerdictEnum, {
  name: 'AuthenticationVerdict',
  description: 'What must follow a first factor that a backend verified.',
  valuesConfig: {
    ALLOW: { description: 'Nothing: the proof says what was proved.' },
    CHALLENGE: { description: 'A second factor, one of those in `stepUp.challenge`.' },
    ENROLL: { description: 'The enrolment of a second factor, of a kind in `stepUp.enroll`.' },
    BLOCK: { description: 'Do not let the person in: the risk is too high, or the account is disabled here.' },
  },
})

const AuthenticationIntentEnum = enumOf(AUTHENTICATION_INTENTS)
registerEnumType(AuthenticationIntentEnum, {
  name: 'AuthenticationIntent',
  description: 'Why an authentication is begun.',
  valuesConfig: {
    SIGN_IN: { description: 'A person signs in: risk decides whether a second factor is required.' },
    STEP_UP: { description: 'A person is about to do something sensitive: a second factor is always required.' },
    ENROLL: {
      description:
        'A person wants to manage factors: a second factor is always required, or its enrolment if there is none.',
    },
  },
})

@InputType({ description: 'Client hints, as the browser sent them.' })
export class ClientHintsInput {
  @Field(() => String, { nullable: true, description: 'The `Sec-CH-UA` header.' })
  readonly brands?: string | null

  @Field(() => String, { nullable: true, description: 'The `Sec-CH-UA-Mobile` header.' })
  readonly mobile?: string | null

  @Field(() => String, { nullable: true, description: 'The `Sec-CH-UA-Platform` header.' })
  readonly platform?: string | null
}

@InputType('ReportedDeviceInput', {
  description:
    'The person’s device as the backend sees it. Risk is judged by it, so pass on what the browser sent, ' +
    'unchanged.',
})
export class ReportedDeviceInputType {
  @Field(() => String, { description: 'The address of the person, not of the backend.' })
  readonly ip!: string

  @Field(() => String, { description: 'The `User-Agent` header.' })
  readonly userAgent!: string

  @Field(() => String, { nullable: true, description: 'The `Accept-Language` header.' })
  readonly acceptLanguage?: string | null

  @Field(() => ClientHintsInput, { nullable: true, description: 'Client hints, where the browser sends them.' })
  readonly clientHints?: ClientHintsInput | null

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client can report about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => String, { nullable: true, description: 'The last `deviceToken` issued for this browser.' })
  readonly token?: string | null
}

@InputType('BeginAuthenticationInput', { description: 'A first factor that a backend has verified, and where.' })
export class BeginAuthenticationInputType {
  @Field(() => String, { description: 'The backend’s permanent name for the person: an id, not an address.' })
  readonly subject!: string

  @Field(() => String, { description: 'Where notices about the account go. It never finds an account.' })
  readonly email!: string

  @Field(() => [String], {
    defaultValue: [],
    description: 'What was verified, by RFC 8176, such as `pwd`: single methods only, so `mfa` is rejected.',
  })
  readonly amr!: readonly string[]

  @Field(() => ReportedDeviceInputType, { description: 'The person’s device.' })
  readonly device!: ReportedDeviceInputType

  @Field(() => AuthenticationIntentEnum, { defaultValue: 'SIGN_IN', description: 'The purpose.' })
  readonly intent!: AuthenticationIntent

  @Field(() => String, { nullable: true, description: 'Repeated in the proof: 1 to 256 printable characters.' })
  readonly nonce?: string | null

  @Field(() => Int, { defaultValue: 0, description: 'Wrong first factors for this name within the last hour.' })
  readonly failedAttempts!: number

  @Field(() => BeginChallengeInput, { nullable: true, description: BEGINS_CHALLENGE })
  readonly beginChallenge?: BeginChallengeInput | null
}

const MAX_METHODS = 5

export const subjectText = z.string().regex(/^[\x21-\x7e]{1,255}$/)

export const beginInput = z.object({
  subject: subjectText,
  email: z.string().min(3).max(254),
  amr: z.array(z.string().refine(isSingleMethod)).max(MAX_METHODS),
  device: reportedDeviceInput,
  intent: z.enum(AUTHENTICATION_INTENTS),
  nonce: z
    .string()
    .regex(/^[\x21-\x7e]{1,256}$/)
    .nullish(),
  failedAttempts: z.number().int().min(0).max(1_000_000),
  beginChallenge: beginChallengeInput,
})

@ObjectType({ description: 'What follows the first factor.' })
export class BeginAuthenticationPayload {
  @Field(() => AuthenticationVerdictEnum, { description: 'The next step.' })
  readonly verdict!: AuthenticationVerdict

  @Field(() => StepUpType, { nullable: true, description: 'For `CHALLENGE` and `ENROLL`: what satisfies it.' })
  readonly stepUp!: StepUp | null

  @Field(() => ChallengeType, {
    nullable: true,
    description:
      'For `CHALLENGE`: the challenge that `beginChallenge` began; null if it was not asked for, or could not begin.',
  })
  readonly challenge!: ChallengeType | null

  @Field(() => String, {
    nullable: true,
    description:
      'For `CHALLENGE` and `ENROLL`: the bearer token of the person’s page, or the `Stepgate-Session` header beside the ' +
      'service key.',
  })
  readonly pendingToken!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'For `ALLOW`: a JWT for the audience of the key, signed by the keys at `/.well-known/jwks.json`.',
  })
  readonly proof!: string | null

  @Field(() => TokensType, { nullable: true, description: 'For `ALLOW`: the person’s own session here.' })
  readonly tokens!: TokensType | null

  @Field(() => String, { nullable: true, description: 'For `ALLOW`: store it in the browser for `device.token`.' })
  readonly deviceToken!: string | null

  @Field(() => Boolean, {
    description: 'Whether the browser should drop its device token: it was copied, or is a copy.',
  })
  readonly dropDeviceToken!: boolean

  @Field(() => String, { nullable: true, description: 'For `BLOCK`: identifies the decision for operators.' })
  readonly reference!: string | null
}
