import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import type { ServiceScope } from '../kernel/access.js'
import { ServiceScopeEnum } from '../kernel/enums.graphql.js'

@ObjectType('ServiceKey', { description: 'The key of a backend, without its secret.' })
export class ServiceKeyType {
  @Field(() => ID, { description: 'The id. It is also the beginning of the key, after `sgk_`.' })
  readonly id!: string

  @Field(() => String, { description: 'The name.' })
  readonly name!: string

  @Field(() => String, { description: 'The application whose accounts it works for.' })
  readonly tenant!: string

  @Field(() => String, { description: 'The audience of its proofs (`aud`).' })
  readonly audience!: string

  @Field(() => [ServiceScopeEnum], { description: 'What the key may be used for.' })
  readonly scopes!: readonly ServiceScope[]

  @Field(() => GraphQLDateTimeISO, { description: 'When it was created.' })
  readonly createdAt!: Date

  @Field(() => ID, { description: 'The operator who created it.' })
  readonly createdBy!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires.' })
  readonly expiresAt!: Date

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When an operator revoked it. Null: it was not revoked.',
  })
  readonly revokedAt!: Date | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'The last use, accurate to about an hour. Null: never used.',
  })
  readonly lastUsedAt!: Date | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the secret before the last rotation expires. Null if the key was never rotated.',
  })
  readonly formerWorksUntil!: Date | null
}

@ObjectType({ description: 'A service key in a page.' })
export class ServiceKeyEdge {
  @Field(() => String, { description: 'The cursor of the key, for `after`.' })
  readonly cursor!: string

  @Field(() => ServiceKeyType, { description: 'The key.' })
  readonly node!: ServiceKeyType
}

@ObjectType({ description: 'A page of service keys, newest first, including revoked and expired ones.' })
export class ServiceKeyConnection {
  @Field(() => [ServiceKeyEdge], { description: 'The keys with their cursors.' })
  readonly edges!: readonly ServiceKeyEdge[]

  @Field(() => PageInfoObject, { description: 'Where the page is in the connection.' })
  readonly pageInfo!: PageInfoObject
}

@InputType('CreateServiceKeyInput', { description: 'A key for a backend.' })
export class CreateServiceKeyInputType {
  @Field(() => String, { description: 'The key’s name, up to 64 characters.' })
  readonly name!: string

  @Field(() => String, {
    description:
      'The application, such as `webshop`: lower-case letters, digits and hyphens. Keys of one tenant see the same accounts.',
  })
  readonly tenant!: string

  @Field(() => String, { description: 'The `aud` of proofs for this backend, such as its own address.' })
  readonly audience!: string

  @Field(() => [ServiceScopeEnum], { description: 'What the key may be used for. At least one scope.' })
  readonly scopes!: readonly ServiceScope[]

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When the key expires. The maximum by default.' })
  readonly expiresAt?: Date | null
}

@ObjectType({ description: 'A key and its secret.' })
export class MadeServiceKeyPayload {
  @Field(() => ServiceKeyType, { description: 'The key.' })
  readonly key!: ServiceKeyType

  @Field(() => String, {
    description: 'The secret for `Authorization: Bearer`. It is shown once and cannot be read again.',
  })
  readonly secret!: string
}

@ObjectType({ description: 'A revoked key.' })
export class RevokeServiceKeyPayload {
  @Field(() => ServiceKeyType, { description: 'The key as it is now.' })
  readonly key!: ServiceKeyType
}
