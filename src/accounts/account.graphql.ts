import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { Role } from '../kernel/access.js'
import { RoleEnum } from '../kernel/enums.graphql.js'
import type { Account, AccountInBrief } from './account.js'

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

  @Field(() => [RoleEnum], { description: 'Roles of the account in this installation.' })
  readonly roles!: readonly Role[]
}

/** Carries the stored account along, so that the fields below resolve for the same person (R139). */
export type AccountNode<A extends AccountInBrief = Account> = AccountType & { readonly record: A }

/** An account as its owner sees it. */
export function presentAccount<A extends AccountInBrief>(account: A, roles: readonly Role[]): AccountNode<A> {
  const { id, email, createdAt, lastSignInAt } = account
  return { id, email, createdAt, lastSignInAt, roles, record: account }
}
