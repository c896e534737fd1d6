import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import { enumOf } from '../kernel/enums.graphql.js'
import { LIST_KINDS, LIST_VERDICTS, type ListEntry, type ListKind, type ListVerdict } from '../risk/index.js'

export const ListKindEnum = enumOf(LIST_KINDS)
registerEnumType(ListKindEnum, {
  name: 'ListKind',
  description: 'The kind of an entry of the allow and block lists.',
  valuesConfig: {
    ADDRESS: { description: 'An address or a network.' },
    ASN: { description: 'All networks of an autonomous system.' },
    COUNTRY: { description: 'All addresses of a country.' },
    DEVICE: { description: 'A device, from any address.' },
  },
})

export const ListVerdictEnum = enumOf(LIST_VERDICTS)
registerEnumType(ListVerdictEnum, {
  name: 'ListVerdict',
  description: 'Whether the entry allows or blocks.',
  valuesConfig: {
    ALLOW: { description: 'Unusual and rented networks no longer raise the risk. Guards are not affected.' },
    BLOCK: { description: 'The risk is higher, and at least high on devices that are not remembered.' },
  },
})

@ObjectType('ListEntry', { description: 'An entry of the allow and block lists.' })
export class ListEntryType {
  @Field(() => ID, { description: 'The id. It stays the same when the entry is renewed.' })
  readonly id!: string

  @Field(() => ListKindEnum, { description: 'The kind of entry.' })
  readonly kind!: ListKind

  @Field(() => String, { description: 'The value, such as `203.0.113.0/24`, `AS14061`, `DE`, or a device id.' })
  readonly value!: string

  @Field(() => ListVerdictEnum, { description: 'Whether the entry allows or blocks.' })
  readonly verdict!: ListVerdict

  @Field(() => String, { nullable: true, description: 'The operator’s note.' })
  readonly note!: string | null

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added or renewed.' })
  readonly createdAt!: Date

  @Field(() => ID, { description: 'The account of the operator who added it.' })
  readonly createdBy!: string

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires. Null: never.' })
  readonly expiresAt!: Date | null
}

@ObjectType('ListEntryEdge', { description: 'An entry in a page.' })
export class ListEntryEdge {
  @Field(() => String, { description: 'The cursor of the entry, for `after`.' })
  readonly cursor!: string

  @Field(() => ListEntryType, { description: 'The entry.' })
  readonly node!: ListEntryType
}

@ObjectType('ListEntryConnection', { description: 'A page of entries, newest first.' })
export class ListEntryConnection {
  @Field(() => [ListEntryEdge], { description: 'The entries with their cursors.' })
  readonly edges!: readonly ListEntryEdge[]

  @Field(() => PageInfoObject, { description: 'Where the page is in the connection.' })
  readonly pageInfo!: PageInfoObject
}

@InputType('ListEntryInput', {
  description: 'What to list: exactly one of `address`, `asn`, `country` and `deviceId`. An existing entry is renewed.',
})
export class ListEntryInputType {
  @Field(() => String, {
    nullable: true,
    description: 'An address or a network, such as `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`.',
  })
  readonly address?: string | null

  @Field(() => Float, { nullable: true, description: 'The number of an autonomous system, such as 14061.' })
  readonly asn?: number | null

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2.' })
  readonly country?: string | null

  @Field(() => ID, { nullable: true, description: 'A device.' })
  readonly deviceId?: string | null

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires. Never if left out.' })
  readonly expiresAt?: Date | null

  @Field(() => String, { nullable: true, description: 'The reason, in one line of up to 200 characters.' })
  readonly note?: string | null
}

@ObjectType({ description: 'The result of changing the allow or block list.' })
export class ListEntryPayload {
  @Field(() => ListEntryType, { description: 'The entry as it is now, or as it was before it was removed.' })
  readonly entry!: ListEntry
}
