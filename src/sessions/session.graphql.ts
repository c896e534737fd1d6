import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { Assurance, Assurances } from '../kernel/assurance.js'
import { AssuranceEnum, FactorTypeEnum, SessionTransportEnum } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { SessionId } from '../kernel/ids.js'
import type { IssuedCredentials } from './credentials.js'
import { assuranceOfSession, proofsOf, type Session, type SessionTransport } from './session.js'

@ObjectType('FactorProof', { description: 'A second factor this session has proved.' })
export class FactorProofType {
  @Field(() => ID, { description: 'Which factor.' })
  readonly factorId!: string

  @Field(() => FactorTypeEnum, { description: 'Its kind.' })
  readonly type!: FactorType

  @Field(() => GraphQLDateTimeISO, {
    description: 'When it was proved. Freshness is measured from here, and only a new proof moves it.',
  })
  readonly provedAt!: Date
}

@ObjectType('Session', { description: 'A signed-in browser or app.' })
export class SessionType {
  @Field(() => ID, { description: 'Changes after sign-in and after every step-up.' })
  readonly id!: string

  @Field(() => Boolean, { description: 'Whether it is the session of this request.' })
  readonly current!: boolean

  @Field(() => Boolean, { description: 'True while its second factor is still missing.' })
  readonly pending!: boolean

  @Field(() => AssuranceEnum, { description: 'How strongly it is proved.' })
  readonly assurance!: Assurance

  @Field(() => [FactorProofType], { description: 'The second factors it has proved, the newest proof of each.' })
  readonly proofs!: readonly FactorProofType[]

  @Field(() => SessionTransportEnum, { description: 'How its credential travels.' })
  readonly transport!: SessionTransport

  @Field(() => GraphQLDateTimeISO, { description: 'When the first factor was proved.' })
  readonly signedInAt!: Date

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last used, to about a minute.' })
  readonly lastSeenAt!: Date

  @Field(() => GraphQLDateTimeISO, { description: 'The latest time at which it ends.' })
  readonly expiresAt!: Date

  @Field(() => ID, { nullable: true, description: 'The device it was opened on.' })
  readonly deviceId!: string | null

  @Field(() => ID, { nullable: true, description: 'The organization it is for; null: none.' })
  readonly organizationId!: string | null

  @Field(() => String, { description: 'The network address it was last proved from.' })
  readonly address!: string

  @Field(() => String, { description: 'The client’s `User-Agent`.' })
  readonly userAgent!: string
}

@ObjectType('Tokens', { description: 'The credentials of a bearer session.' })
export class TokensType {
  @Field(() => String, { description: 'A JWT (RFC 9068) for the `Authorization: Bearer` header.' })
  readonly accessToken!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When the access token expires.' })
  readonly accessTokenExpiresAt!: Date

  @Field(() => String, { description: 'Opaque. Works for one `refreshSession`.' })
  readonly refreshToken!: string
}

export function presentSession(session: Session, currentId: SessionId | null, assurances: Assurances): SessionType {
  return {
    id: session.id,
    current: session.id === currentId,
    pending: session.state === 'pending',
    assurance: assuranceOfSession(session, assurances),
    proofs: proofsOf(session),
    transport: session.transport,
    signedInAt: session.signedInAt,
    lastSeenAt: session.lastSeenAt,
    expiresAt: session.endsAt,
    deviceId: session.deviceId,
    organizationId: session.organizationId,
    address: session.address,
    userAgent: session.userAgent,
  }
}

/** The credentials that travel in the payload: all of a bearer session's, none of a cookie session's. */
export function presentCredentials(credentials: IssuedCredentials) {
  const isBearer = credentials.cookie === null
  return {
    tokens: credentials.tokens,
    pendingToken: credentials.pendingToken,
    deviceToken: isBearer ? (credentials.device?.token ?? null) : null,
  }
}
