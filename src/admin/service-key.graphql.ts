import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import type { ServiceScope } from '../kernel/access.js'
import { ServiceScopeEnum } from '../kernel/enums.graphql.js'

@ObjectType('ServiceKey', { description: 'The key of a backend, without its secret.' })
export class ServiceKeyType {
  @Field(() => ID, { description: 'Which key; also the beginning of its text, after `sgk_`.' })
  readonly id!: string

  @Field(() => String, { description: 'The operators’ name for it.' })
  readonly name!: string

  @Field(() => String, { description: 'The application it acts for. It reaches no other application’s people.' })
  readonly tenant!: string

  @Field(() => String, { description: 'The audience (`aud`) of its proofs.' })
  readonly audience!: string

  @Field(() => [ServiceScopeEnum], { description: 'What it may be used for.' })
  readonly scopes!: readonly ServiceScope[]

  @Field(() => GraphQLDateTimeISO, { description: 'When it was created.' })
  readonly createdAt!: Date

  @Field(() => ID, { description: 'The operator who created it.' })
  readonly createdBy!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires.' })
  readonly expiresAt!: Date

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When an operator revoked it; null: it was not revoked.',
  })
  readonly revokedAt!: Date | null

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Its last use, to about an hour; null: never used.' })
  readonly lastUsedAt!: Date | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when the secret before the last rotation works; null: it was never rotated.',
  })
  readonly formerWorksUntil!: Date | null
}

@ObjectType({ description: 'A service key in a page.' })
export class ServiceKeyEdge {
  @Field(() => String, { description: 'The key’s cursor, for `after`.' })
  readonly cursor!: string

  @Field(() => ServiceKeyType, { description: 'The key.' })
  readonly node!: ServiceKeyType
}

@ObjectType({ description: 'A page of service keys, newest first, including ended ones.' })
export class ServiceKeyConnection {
  @Field(() => [ServiceKeyEdge], { description: 'The keys with their cursors.' })
  readonly edges!: readonly ServiceKeyEdge[]

  @Field(() => PageInfoObject, { description: 'The page’s position in the list.' })
  readonly pageInfo!: PageInfoObject
}

@InputType('CreateServiceKeyInput', { description: 'A key for a backend.' })
export class CreateServiceKeyInputType {
  @Field(() => String, { description: 'The operators’ name for it, up to 64 characters.' })
  readonly name!: string

  @Field(() => String, {
    description:
      'The application, such as `webshop`: lower-case letters, digits and hyphens. Keys of one tenant share ' +
      'the same people.',
  })
  readonly tenant!: string

  @Field(() => String, { description: 'The `aud` of proofs that its backend expects, such as its own address.' })
  readonly audience!: string

  @Field(() => [ServiceScopeEnum], { description: 'What it may be used for; at least one.' })
  readonly scopes!: readonly ServiceScope[]

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires; the maximum lifetime by default.' })
  readonly expiresAt?: Date | null
}

@ObjectType({ description: 'A key and its secret.' })
export class MadeServiceKeyPayload {
  @Field(() => ServiceKeyType, { description: 'The key.' })
  readonly key!: ServiceKeyType

  @Field(() => String, { description: 'For `Authorization: Bearer`. Shown only this once.' })
  readonly secret!: string
}

@ObjectType({ description: 'A revoked key.' })
export class RevokeServiceKeyPayload {
  @Field(() => ServiceKeyType, { description: 'The key as it is now.' })
  readonly key!: ServiceKeyType
}
