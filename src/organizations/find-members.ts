import { decodeBase64url } from '../kernel/base64url.js'
import type { Account } from '../accounts/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Membership } from '../kernel/membership.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import { isEnrolled } from './enrollment.js'
import { asksForMfa, graceOf } from './fold-policies.js'
import type { Organization } from './organization.js'
import type { Affiliate, MemberStore, OrganizationStore } from './ports.js'

export interface FindMembersDeps {
  readonly organizationStore: Pick<OrganizationStore, 'find'>
  readonly members: Pick<MemberStore, 'page'>
  readonly clock: Clock
  readonly assurances: Assurances
  readonly installation: Pick<MfaRule, 'methods'>
}

export interface FindMembersInput {
  readonly organizationId: OrganizationId
  /** The beginning of the address; null: all members. */
  readonly search: string | null
  readonly first: number
  readonly after: string | null
}

/** A member as the administrators see them. */
export interface FoundMember {
  readonly accountId: AccountId
  readonly email: string
  /** Only used for what they disclose of their profile. */
  readonly account: Account
  readonly membership: Membership
  /** Whether they have a factor that the organization allows and that gives the required assurance. */
  readonly isEnrolled: boolean
  readonly mfaRequired: boolean
  /** The deadline for having one; null: none, or it has passed. */
  readonly enrollBy: Date | null
  readonly cursor: string
}

export interface FoundMembers {
  readonly members: readonly FoundMember[]
  readonly hasNextPage: boolean
  /** Where to continue, even if this page shows no one. */
  readonly endCursor: string | null
}

/** A page of members by address. Null when the cursor is not one of ours, or the organization is gone. */
export async function findMembers(deps: FindMembersDeps, input: FindMembersInput): Promise<FoundMembers | null> {
  const asked = await readInput(deps, input)
  if (!asked) return null
  const found = await deps.members.page(input.organizationId, { ...asked.page, first: input.first + 1 })
  return pageOf(
    found.slice(0, input.first).map((person) => presentMember(deps, asked.organization, person)),
    found.length > input.first,
  )
}

/** Maximum number of members examined for one page of those without a factor. */
const LOOK_AT = 500

/**
 * A page of members who must have a factor, now or later, and have none that counts. Only a limited number is examined:
 * a page may be short or empty and still not be the last.
 */
export async function findMembersNotEnrolled(
  deps: FindMembersDeps,
  input: FindMembersInput,
): Promise<FoundMembers | null> {
  const asked = await readInput(deps, input)
  if (!asked) return null
  const found = await deps.members.page(input.organizationId, { ...asked.page, first: LOOK_AT + 1 })
  const all = found.slice(0, LOOK_AT).map((person) => presentMember(deps, asked.organization, person))
  const lacking = all.filter((member) => member.mfaRequired && !member.isEnrolled)
  const shown = lacking.slice(0, input.first)
  if (lacking.length > shown.length) return pageOf(shown, true)
  return { members: shown, hasNextPage: found.length > LOOK_AT, endCursor: all.at(-1)?.cursor ?? null }
}

async function readInput(deps: FindMembersDeps, { organizationId, search, after }: FindMembersInput) {
  const cursor = after === null ? null : readCursor(after)
  if (after !== null && cursor === null) return null
  const [organization] = await deps.organizationStore.find([organizationId])
  const prefix = search === null ? null : search.normalize('NFKC').toLowerCase()
  return organization ? { organization, page: { search: prefix, after: cursor } } : null
}

const pageOf = (members: readonly FoundMember[], hasNextPage: boolean): FoundMembers => ({
  members,
  hasNextPage,
  endCursor: members.at(-1)?.cursor ?? null,
})

function presentMember(
  { clock, assurances, installation }: FindMembersDeps,
  { id, mfaPolicy: policy }: Organization,
  { accountId, email, emailKey, account, memberships, factors }: Affiliate,
): FoundMember {
  const membership = memberships[id]
  if (!membership) throw new Error('a found member has no membership of the organization')
  const now = clock.now()
  const member = { policy, membership }
  const mfaRequired = asksForMfa(member)
  return {
    accountId,
    email,
    account,
    membership,
    isEnrolled: isEnrolled(factors, member, { now, assurances, inUse: installation.methods }),
    mfaRequired,
    enrollBy: mfaRequired ? graceOf(policy, now) : null,
    cursor: Buffer.from(`member ${emailKey}`).toString('base64url'),
  }
}

function readCursor(cursor: string): string | null {
  const [, emailKey] = /^member (\S{3,254})$/.exec(decodeBase64url(cursor)?.toString('utf8') ?? '') ?? []
  return emailKey ?? null
}
