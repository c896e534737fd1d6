import { Field, ID, InputType } from 'type-graphql'
import { z } from 'zod'
import type { ChallengeChoice } from '../challenges/index.js'
import { type DeviceProofs, hashFingerprint } from '../devices/index.js'
import { SessionTransportEnum } from '../kernel/enums.graphql.js'
import { badInput } from '../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { factorIdText, organizationIdText } from '../kernel/text.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../sessions/index.js'
import type { ArrivalInput } from './arrival.js'
import { destinationOf } from './destination.js'

@InputType({ description: 'One attribute a client reports about itself. A weak signal: it never proves anything.' })
export class FingerprintAttributeInput {
  @Field(() => String, { description: 'Such as `timeZone`, `screen` or `platform`.' })
  readonly name!: string

  @Field(() => String, { description: 'Stored only as a keyed hash.' })
  readonly value!: string
}

export const BEGINS_CHALLENGE =
  'Begins the challenge along with it, if a second factor is required: it saves a call where something is sent or ' +
  'shown first.'

@InputType({ description: 'Which factor to challenge.' })
export class BeginChallengeInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A factor of the account. Without it, the strongest one that `stepUp.challenge` offers.',
  })
  readonly factorId?: string | null
}

/** The input that every way to sign in takes for the session it opens. */
@InputType()
export abstract class ArrivalFields {
  @Field(() => SessionTransportEnum, { defaultValue: 'COOKIE', description: 'Cookie for browsers, bearer for apps.' })
  readonly transport!: SessionTransport

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client can report about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => ID, { nullable: true, description: 'The organization for the session.' })
  readonly organizationId?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to show the person’s organizations and let them choose: see `OrganizationRequired`.',
  })
  readonly discover!: boolean

  @Field(() => BeginChallengeInput, { nullable: true, description: BEGINS_CHALLENGE })
  readonly beginChallenge?: BeginChallengeInput | null
}

const fingerprintInput = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .max(20)
  .nullish()

export const beginChallengeInput = z.object({ factorId: factorIdText.nullish() }).nullish()

/** The choice that an input makes; null: no challenge is to begin. */
export const choiceOf = (given: z.infer<typeof beginChallengeInput>): ChallengeChoice | null =>
  given ? { factorId: given.factorId ?? null } : null

/** The validation of `ArrivalFields`. */
export const arrivalFields = {
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
  organizationId: organizationIdText.nullish(),
  discover: z.boolean(),
  beginChallenge: beginChallengeInput,
} as const

type GivenFields = z.infer<z.ZodObject<typeof arrivalFields>>

export interface ReadArrivalDeps {
  readonly secrets: Secrets
  readonly deviceProofs: DeviceProofs
}

/** What a sign-in request says about itself; refuses an invalid fingerprint. */
export function arrivalInput(deps: ReadArrivalDeps, given: GivenFields, context: RequestContext): ArrivalInput {
  const reported = hashFingerprint(deps.secrets, given.fingerprint ?? [])
  if (!reported) throw badInput(['fingerprint'])
  return {
    transport: given.transport,
    ...reported,
    destination: destinationOf(given),
    ...presentedDevice(deps, context),
    beginChallenge: choiceOf(given.beginChallenge),
    former: context.actor.kind === 'session' ? context.actor : null,
    context: auditContextOf(context),
  }
}

/** The device token and the key that a request presents. */
export const presentedDevice = (
  { deviceProofs }: Pick<ReadArrivalDeps, 'deviceProofs'>,
  { jar }: Pick<RequestContext, 'jar'>,
): Pick<ArrivalInput, 'deviceTokenFor' | 'deviceKey'> => ({
  deviceTokenFor: (accountId) => jar.deviceToken(accountId),
  deviceKey: deviceProofs.read(jar.deviceProof()),
})
