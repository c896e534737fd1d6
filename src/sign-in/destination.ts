import type { OrganizationId } from '../kernel/ids.js'
import type { Memberships } from '../kernel/membership.js'

/** What a session is for. */
export type Destination =
  /** The account's organization if it is a member of exactly one, otherwise none. */
  | { readonly kind: 'usual' }
  /** Not known yet: the person is shown the organizations they can choose from. */
  | { readonly kind: 'discovery' }
  /** Null: no organization. */
  | { readonly kind: 'organization'; readonly organizationId: OrganizationId | null }

const USUAL: Destination = Object.freeze({ kind: 'usual' })

/** The caller names an organization, asks for discovery, or says nothing. */
export function destinationOf(asked: {
  readonly organizationId?: OrganizationId | null | undefined
  readonly discover?: boolean | undefined
}): Destination {
  if (asked.organizationId) return { kind: 'organization', organizationId: asked.organizationId }
  return asked.discover ? { kind: 'discovery' } : USUAL
}

/** Whether the person must choose: they asked to, or they are not a member of the organization they named. */
export function hasToChoose(destination: Destination, memberships: Memberships): boolean {
  if (destination.kind === 'discovery') return true
  if (destination.kind === 'usual' || destination.organizationId === null) return false
  return memberships[destination.organizationId] === undefined
}

/** The organization the session is for, if the account is a member of it; null: none. */
export function organizationOf(destination: Destination, memberships: Memberships): OrganizationId | null {
  if (destination.kind === 'discovery') return null
  if (destination.kind === 'organization') {
    const { organizationId } = destination
    return organizationId !== null && memberships[organizationId] ? organizationId : null
  }
  const [only, ...others] = Object.values(memberships)
  return only && others.length === 0 ? only.organizationId : null
}
