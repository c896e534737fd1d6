import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { z } from 'zod'
import { enumOf } from '../../kernel/enums.graphql.js'
import type { StepUp } from '../../kernel/step-up.js'
import { StepUpType } from '../../kernel/step-up.graphql.js'
import { AUTHENTICATION_INTENTS, type AuthenticationIntent } from '../../sessions/index.js'
import { isSingleMethod } from '../external-methods.js'
import { TokensType } from '../../sessions/session.graphql.js'
import { FingerprintAttributeInput } from '../sign-in.graphql.js'
import { reportedDeviceInput } from './reported-device.js'

const VERDICTS = ['ALLOW', 'CHALLENGE', 'ENROLL', 'BLOCK'] as const
export type AuthenticationVerdict = (typeof VERDICTS)[number]

const AuthenticationVerdictEnum = enumOf(VERDICTS)
registerEnumType(AuthenticationVerdictEnum, {
  name: 'AuthenticationVerdict',
  description: 'What has to follow a first factor that a backend checked.',
  valuesConfig: {
    ALLOW: { description: 'Nothing. The proof says what was verified.' },
    CHALLENGE: { description: 'A second factor, one of `stepUp.challenge`.' },
    ENROLL: { description: 'A new second factor, of a kind in `stepUp.enroll`.' },
    BLOCK: { description: 'Block the sign-in. The risk is too high, or the account is disabled at the gateway.' },
  },
})

const AuthenticationIntentEnum = enumOf(AUTHENTICATION_INTENTS)
registerEnumType(AuthenticationIntentEnum, {
  name: 'AuthenticationIntent',
  description: 'The purpose of an authentication.',
  valuesConfig: {
    SIGN_IN: { description: 'A sign-in. The risk decides whether a second factor is required.' },
    STEP_UP: { description: 'A sensitive action. A second factor is always required.' },
    ENROLL: {
      description: 'Managing factors. A second factor is always required, or a new one if the account has none.',
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
    'The person’s device as the backend sees it. The risk is scored with it, so pass on what the browser sent, unchanged.',
})
export class ReportedDeviceInputType {
  @Field(() => String, { description: 'The address of the person, not of the backend.' })
  readonly ip!: string

  @Field(() => String, { description: 'The `User-Agent` header.' })
  readonly userAgent!: string

  @Field(() => String, { nullable: true, description: 'The `Accept-Language` header.' })
  readonly acceptLanguage?: string | null

  @Field(() => ClientHintsInput, { nullable: true, description: 'Client hints, if the browser sends them.' })
  readonly clientHints?: ClientHintsInput | null

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client reports about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => String, { nullable: true, description: 'The last `deviceToken` issued for this browser.' })
  readonly token?: string | null
}

@InputType('BeginAuthenticationInput', {
  description: 'A first factor that a backend has checked, and on which device.',
})
export class BeginAuthenticationInputType {
  @Field(() => String, { description: 'The backend’s permanent id of the person. Not an address.' })
  readonly subject!: string

  @Field(() => String, { description: 'The address for notices about the account. No account is looked up by it.' })
  readonly email!: string

  @Field(() => [String], {
    defaultValue: [],
    description: 'What was checked, as RFC 8176 values such as `pwd`. `mfa` is rejected.',
  })
  readonly amr!: readonly string[]

  @Field(() => ReportedDeviceInputType, { description: 'The person’s device.' })
  readonly device!: ReportedDeviceInputType

  @Field(() => AuthenticationIntentEnum, { defaultValue: 'SIGN_IN', description: 'The purpose.' })
  readonly intent!: AuthenticationIntent

  @Field(() => String, { nullable: true, description: 'Returned in the proof. 1 to 256 printable characters.' })
  readonly nonce?: string | null

  @Field(() => Int, { defaultValue: 0, description: 'Wrong first factors for this name in the last hour.' })
  readonly failedAttempts!: number
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
})

@ObjectType({ description: 'What follows the first factor.' })
export class BeginAuthenticationPayload {
  @Field(() => AuthenticationVerdictEnum, { description: 'What has to follow.' })
  readonly verdict!: AuthenticationVerdict

  @Field(() => StepUpType, { nullable: true, description: 'For `CHALLENGE` and `ENROLL`: what is required.' })
  readonly stepUp!: StepUp | null

  @Field(() => String, {
    nullable: true,
    description:
      'For `CHALLENGE` and `ENROLL`: the bearer token for the page, or the value of `Stepgate-Session` in addition ' +
      'to the service key.',
  })
  readonly pendingToken!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'For `ALLOW`: a JWT for the key’s audience, signed with the keys at `/.well-known/jwks.json`.',
  })
  readonly proof!: string | null

  @Field(() => TokensType, { nullable: true, description: 'For `ALLOW`: the account’s own session at the gateway.' })
  readonly tokens!: TokensType | null

  @Field(() => String, {
    nullable: true,
    description: 'For `ALLOW`: store it in the browser and send it as `device.token`.',
  })
  readonly deviceToken!: string | null

  @Field(() => Boolean, {
    description: 'Whether the browser should delete its device token, because the token was copied.',
  })
  readonly dropDeviceToken!: boolean

  @Field(() => String, { nullable: true, description: 'For `BLOCK`: a reference to the decision, for operators.' })
  readonly reference!: string | null
}
