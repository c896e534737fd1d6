import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { DeviceType, presentDevice } from '../devices/device.graphql.js'
import { FactorGraphType, presentFactors } from '../factors/factor.graphql.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { Membership, OrganizationRole } from '../kernel/membership.js'
import type { SecretTimes } from '../kernel/secret-states.js'
import { stepUpLockedUntil, type StepUpBudget, type StepUpRule } from '../limits/index.js'
import { OrganizationRoleEnum } from '../organizations/policy-types.graphql.js'
import { isInUse, isShown, type Person, type PersonReader, type SessionLifetimes } from '../sessions/index.js'
import { presentSession, SessionType } from '../sessions/session.graphql.js'
import { AdminAccountType, presentAccount } from './accounts.graphql.js'

@ObjectType('AdminMembership', { description: 'An account’s membership of an organization.' })
class AdminMembershipType {
  @Field(() => ID, { description: 'Which organization.' })
  readonly organizationId!: string

  @Field(() => OrganizationRoleEnum, { description: 'Its role there.' })
  readonly role!: OrganizationRole

  @Field(() => GraphQLDateTimeISO, { description: 'When it joined.' })
  readonly joinedAt!: Date

  @Field(() => Boolean, { description: 'Whether the organization’s policy is set aside for it.' })
  readonly breakGlass!: boolean
}

@ObjectType('AdminAccountDetail', {
  description: 'An account as operators see it before they act on it. Contains no secret and no personal data.',
})
export class AccountInCareType {
  @Field(() => AdminAccountType, { description: 'The account.' })
  readonly account!: AdminAccountType

  @Field(() => [FactorGraphType], { description: 'Its factors; destinations of messages are masked.' })
  readonly factors!: readonly FactorGraphType[]

  @Field(() => [SessionType], { description: 'Its live sessions, the most recently used first.' })
  readonly sessions!: readonly SessionType[]

  @Field(() => [DeviceType], { description: 'Its devices, the most recently used first.' })
  readonly devices!: readonly DeviceType[]

  @Field(() => [AdminMembershipType], { description: 'Its organizations, the oldest membership first.' })
  readonly memberships!: readonly Membership[]

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when step-up is locked by wrong answers; null when it is open.',
  })
  readonly stepUpLockedUntil!: Date | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when a new factor is demanded; null when none is.',
  })
  readonly reEnrollmentRequiredSince!: Date | null
}

/** A person with the budget of wrong answers, which only operators see. */
export type PersonInCare = Person & { readonly stepUpBudget: StepUpBudget }

export interface AccountInCareDeps {
  readonly sessions: Pick<PersonReader<PersonInCare>, 'findPerson'>
  readonly clock: Clock
  readonly assurances: Assurances
  readonly lifetimes: SessionLifetimes
  readonly secretTimes: SecretTimes
  readonly stepUpRule: StepUpRule
}

/** The account as it is now. */
export function presentInCare(deps: Omit<AccountInCareDeps, 'sessions'>, person: PersonInCare): AccountInCareType {
  const now = deps.clock.now()
  const byLastSeen = <T extends { readonly lastSeenAt: Date }>(all: readonly T[]): T[] =>
    all.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
  const sessions = byLastSeen(Object.values(person.sessions)).filter(
    (each) =>
      isShown(person.sessions, each) &&
      isInUse(person.sessions, each, { lifetimes: deps.lifetimes, times: deps.secretTimes, now }),
  )
  return {
    account: presentAccount(person.account),
    factors: presentFactors(person.factors, now),
    sessions: sessions.map((session) => presentSession(session, null, deps.assurances)),
    devices: byLastSeen(Object.values(person.devices)).map((device) => presentDevice(device, null, now)),
    memberships: Object.values(person.memberships).sort((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime()),
    stepUpLockedUntil: stepUpLockedUntil(person.stepUpBudget, deps.stepUpRule, now),
    reEnrollmentRequiredSince: person.reEnrollSince,
  }
}
