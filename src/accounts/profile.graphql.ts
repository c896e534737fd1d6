import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import type { ProfileField } from './account.js'

export const ProfileFieldEnum = {
  DISPLAY_NAME: 'displayName',
  LEGAL_NAME: 'legalName',
  DATE_OF_BIRTH: 'dateOfBirth',
  TAX_ID: 'taxId',
  PHONE_NUMBER: 'phoneNumber',
  POSTAL_ADDRESS: 'postalAddress',
} as const satisfies Record<string, ProfileField>
registerEnumType(ProfileFieldEnum, {
  name: 'ProfileField',
  description: 'A part of the personal data.',
  valuesConfig: {
    DISPLAY_NAME: { description: 'The name the person goes by.' },
    LEGAL_NAME: { description: 'The name as on official documents.' },
    DATE_OF_BIRTH: { description: 'The date of birth.' },
    TAX_ID: { description: 'The tax number.' },
    PHONE_NUMBER: { description: 'The phone number.' },
    POSTAL_ADDRESS: { description: 'The postal address.' },
  },
})

@ObjectType('Profile', { description: 'Personal data: sealed at rest, shown only with fresh MFA.' })
@Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read', rule: 'ACCOUNT' })
export class ProfileType {
  @Field(() => ID, { description: 'The id of the account.' })
  readonly id!: string

  @Field(() => String, { nullable: true, description: 'The name the person goes by.' })
  readonly displayName!: string | null

  @Field(() => String, { nullable: true, description: 'The name as on official documents.' })
  readonly legalName!: string | null

  @Field(() => String, { nullable: true, description: 'An ISO 8601 calendar date.' })
  readonly dateOfBirth!: string | null

  @Field(() => String, { nullable: true, description: 'A tax number, as the person wrote it.' })
  readonly taxId!: string | null

  @Field(() => String, { nullable: true, description: 'A phone number to reach the person; not a factor.' })
  readonly phoneNumber!: string | null

  @Field(() => String, { nullable: true, description: 'A postal address.' })
  readonly postalAddress!: string | null

  @Field(() => [ProfileFieldEnum], {
    description: 'What the administrators of the person’s organizations see; nothing by default.',
  })
  readonly visibleToOrganizations!: readonly ProfileField[]
}

/** Has no guard of its own: the guard is on the field that returns it. */
@ObjectType('VisibleProfile', {
  description: 'A profile as the administrators of the person’s organizations see it. Hidden fields are null.',
})
export class VisibleProfileType {
  @Field(() => ID, { description: 'The id of the account.' })
  readonly id!: string

  @Field(() => String, { nullable: true, description: 'The name the person goes by.' })
  readonly displayName!: string | null

  @Field(() => String, { nullable: true, description: 'The name as on official documents.' })
  readonly legalName!: string | null

  @Field(() => String, { nullable: true, description: 'An ISO 8601 calendar date.' })
  readonly dateOfBirth!: string | null

  @Field(() => String, { nullable: true, description: 'A tax number, as the person wrote it.' })
  readonly taxId!: string | null

  @Field(() => String, { nullable: true, description: 'A phone number to reach the person.' })
  readonly phoneNumber!: string | null

  @Field(() => String, { nullable: true, description: 'A postal address.' })
  readonly postalAddress!: string | null
}
