import { GraphQLDateTimeISO } from 'graphql-scalars'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import { ChallengeFailed, ChallengePurposeEnum } from './challenge.graphql.js'

const SIGNATURE =
  'ECDSA on P-256 with SHA-256 (64 bytes as base64url) over the lines `stepgate-push/1`, the public URL of the gateway, ' +
  '`device`, the action, its subject, its detail and `issuedAt`; see docs/factors/push.md.'
const ISSUED_AT = 'When the call was signed, by the device’s clock: at most a minute from the gateway’s.'
const DEVICE = 'The device, as `connectPushDevice` called it.'

@InputType({ description: 'The device that will answer prompts.' })
export class ConnectPushDeviceInput {
  @Field(() => String, { description: 'What follows `#connect=` in the link of the enrolment; it works once.' })
  readonly token!: string

  @Field(() => String, { description: 'The device’s public key on P-256: SPKI as base64url.' })
  readonly publicKey!: string

  @Field(() => String, { nullable: true, description: 'The name of the device, up to 64 characters.' })
  readonly name?: string | null
}

@ObjectType({ description: 'A connected device. It counts once its first prompt is answered.' })
export class ConnectPushDevicePayload {
  @Field(() => String, { description: 'The device’s own name in its later calls.' })
  readonly device!: string

  @Field(() => String, { description: 'The address of the account whose sign-ins it will confirm.' })
  readonly email!: string
}

@InputType({ description: 'Where a browser can be woken up: `PushSubscription.toJSON()`.' })
export class PushSubscriptionInput {
  @Field(() => String, { description: 'The address at the browser’s push service.' })
  readonly endpoint!: string

  @Field(() => String, { description: '`keys.p256dh`.' })
  readonly p256dh!: string

  @Field(() => String, { description: '`keys.auth`.' })
  readonly auth!: string
}

@InputType({ description: 'A signed call of a device. Action `list`; subject and detail are empty.' })
export class PushRequestsInput {
  @Field(() => String, { description: DEVICE })
  readonly device!: string

  @Field(() => GraphQLDateTimeISO, { description: ISSUED_AT })
  readonly issuedAt!: Date

  @Field(() => String, { description: SIGNATURE })
  readonly signature!: string
}

@InputType({
  description: 'A signed call. Action `subscribe`; subject: the endpoint; detail: `<p256dh>.<auth>`.',
})
export class SubscribePushDeviceInput extends PushRequestsInput {
  @Field(() => PushSubscriptionInput, { description: 'Where the device can be woken up.' })
  readonly subscription!: PushSubscriptionInput
}

@ObjectType({ description: 'The result of a subscription.' })
export class SubscribePushDevicePayload {
  @Field(() => Boolean, { description: 'Always true: every failure is an error.' })
  readonly subscribed!: boolean
}

@InputType({ description: 'A signed call. Action `approve`; subject: the challenge; detail: the number.' })
export class ApprovePushRequestInput extends PushRequestsInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId!: string

  @Field(() => String, { description: 'The number shown on the page that started the prompt.' })
  readonly number!: string
}

@InputType({ description: 'A signed call. Action `deny`; subject: the challenge; detail: empty.' })
export class DenyPushRequestInput extends PushRequestsInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId!: string
}

@ObjectType({ description: 'A prompt that waits for the device.' })
export class PushRequest {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId!: string

  @Field(() => ChallengePurposeEnum, { description: 'What the right number does.' })
  readonly purpose!: ChallengePurpose

  @Field(() => String, { description: 'The address of the account that is signing in.' })
  readonly email!: string

  @Field(() => String, {
    description: 'The requesting client, as its browser describes itself, such as “Firefox on Linux”.',
  })
  readonly agent!: string

  @Field(() => String, {
    nullable: true,
    description: 'The country of the request, as ISO 3166-1 alpha-2; null when unknown.',
  })
  readonly country!: string | null

  @Field(() => GraphQLDateTimeISO, { description: 'When the prompt started.' })
  readonly createdAt!: Date

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires.' })
  readonly expiresAt!: Date

  @Field(() => Int, { description: 'How many numbers it still accepts.' })
  readonly attemptsLeft!: number
}

@ObjectType({ description: 'The prompts that wait for the device.' })
export class PushRequestsPayload {
  @Field(() => GraphQLDateTimeISO, { description: 'The gateway’s time, for devices whose clock is wrong.' })
  readonly now!: Date

  @Field(() => [PushRequest], { description: 'The oldest first.' })
  readonly requests!: readonly PushRequest[]
}

@ObjectType({ description: 'The answer of the device counts.' })
export class PushAnswered {
  @Field(() => ID, { description: 'The challenge it was about.' })
  readonly challengeId!: string
}

export const AnswerPushResult = createUnionType({
  name: 'AnswerPushResult',
  description: 'The result of a device’s answer.',
  types: () => [PushAnswered, ChallengeFailed] as const,
  resolveType: (value) => ('challengeId' in value ? PushAnswered : ChallengeFailed),
})

export const CHALLENGE_STATUSES = ['WAITING', 'APPROVED', 'DENIED', 'GONE'] as const
export type ChallengeStatus = (typeof CHALLENGE_STATUSES)[number]
export const ChallengeStatusEnum = enumOf(CHALLENGE_STATUSES)
registerEnumType(ChallengeStatusEnum, {
  name: 'ChallengeStatus',
  description: 'The status of a challenge.',
  valuesConfig: {
    WAITING: { description: 'It has not been answered yet.' },
    APPROVED: { description: 'The device has approved: call `verifyChallenge` without a code.' },
    DENIED: { description: 'The device has denied. A pending session has ended with it.' },
    GONE: { description: 'Passed, expired, replaced, used up, or unknown.' },
  },
})
