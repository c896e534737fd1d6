import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import { enumOf } from '../kernel/enums.graphql.js'
import { LIST_KINDS, LIST_VERDICTS, type ListEntry, type ListKind, type ListVerdict } from '../risk/index.js'

export const ListKindEnum = enumOf(LIST_KINDS)
registerEnumType(ListKindEnum, {
  name: 'ListKind',
  description: 'The kind of value in an entry of the allow and block lists.',
  valuesConfig: {
    ADDRESS: { description: 'An address, or a network of them.' },
    ASN: { description: 'Every network of an autonomous system.' },
    COUNTRY: { description: 'Every address in a country.' },
    DEVICE: { description: 'A device, at any address.' },
  },
})

export const ListVerdictEnum = enumOf(LIST_VERDICTS)
registerEnumType(ListVerdictEnum, {
  name: 'ListVerdict',
  description: 'The effect of an entry.',
  valuesConfig: {
    ALLOW: { description: 'Risk contributions of an unusual or rented network are dropped. No guard requires less.' },
    BLOCK: { description: 'The risk is higher, and at least high on a device that is not trusted.' },
  },
})

@ObjectType('ListEntry', { description: 'An entry of the allow and block lists.' })
export class ListEntryType {
  @Field(() => ID, { description: 'Identifies the entry; unchanged when it is renewed.' })
  readonly id!: string

  @Field(() => ListKindEnum, { description: 'The kind of value.' })
  readonly kind!: ListKind

  @Field(() => String, { description: 'Such as `203.0.113.0/24`, `AS14061`, `DE`, or the id of a device.' })
  readonly value!: string

  @Field(() => ListVerdictEnum, { description: 'The effect of the entry.' })
  readonly verdict!: ListVerdict

  @Field(() => String, { nullable: true, description: 'The operator’s note.' })
  readonly note!: string | null

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added or renewed.' })
  readonly createdAt!: Date

  @Field(() => ID, { description: 'The account of the operator who did it.' })
  readonly createdBy!: string

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires; null: never.' })
  readonly expiresAt!: Date | null
}

@ObjectType('ListEntryEdge', { description: 'An entry in a page.' })
export class ListEntryEdge {
  @Field(() => String, { description: 'The entry’s cursor, for `after`.' })
  readonly cursor!: string

  @Field(() => ListEntryType, { description: 'The entry.' })
  readonly node!: ListEntryType
}

@ObjectType('ListEntryConnection', { description: 'A page of entries, newest first.' })
export class ListEntryConnection {
  @Field(() => [ListEntryEdge], { description: 'The entries with their cursors.' })
  readonly edges!: readonly ListEntryEdge[]

  @Field(() => PageInfoObject, { description: 'The page’s position in the list.' })
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

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires; never when left out.' })
  readonly expiresAt?: Date | null

  @Field(() => String, { nullable: true, description: 'Why, in a line of at most 200 characters.' })
  readonly note?: string | null
}

@ObjectType({ description: 'The result of a change to the allow and block lists.' })
export class ListEntryPayload {
  @Field(() => ListEntryType, { description: 'The entry as it is now, or as it was before its removal.' })
  readonly entry!: ListEntry
}
