import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { Role } from '../kernel/access.js'
import { RoleEnum } from '../kernel/enums.graphql.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import type { Account } from './account.js'

@ObjectType('Profile', { description: 'Personal data: sealed at rest, shown only with fresh MFA.' })
@Guard({ access: 'ACCOUNT', assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read' })
export class ProfileType {
  @Field(() => String, { nullable: true, description: 'The name as on official documents.' })
  readonly legalName!: string | null

  @Field(() => String, { nullable: true, description: 'An ISO 8601 calendar date.' })
  readonly dateOfBirth!: string | null

  @Field(() => String, { nullable: true, description: 'A tax number, as the person wrote it.' })
  readonly taxId!: string | null

  @Field(() => String, { nullable: true, description: 'A phone number to reach the person; not a factor.' })
  readonly phoneNumber!: string | null

  @Field(() => String, { nullable: true, description: 'Where post reaches the person.' })
  readonly postalAddress!: string | null
}

@ObjectType('Account', { description: 'A person who can sign in.' })
export class AccountType {
  @Field(() => ID, { description: 'Never changes and is never used again.' })
  readonly id!: string

  @Field(() => String, { description: 'The confirmed e-mail address.' })
  readonly email!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When the address was first confirmed.' })
  readonly createdAt!: Date

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'The last completed sign-in.' })
  readonly lastSignInAt!: Date | null

  @Field(() => [RoleEnum], { description: 'What the account may do beyond its own affairs.' })
  readonly roles!: readonly Role[]
}

/** An account as its owner sees it. */
export function presentAccount(account: Account, roles: readonly Role[]): AccountType {
  const { id, email, createdAt, lastSignInAt } = account
  return { id, email, createdAt, lastSignInAt, roles }
}
