import type { OrganizationId } from '../kernel/ids.js'
import type { Memberships } from '../kernel/membership.js'

/** What a session is to be for. */
export type Destination =
  /** The organization of whoever is in exactly one. */
  | { readonly kind: 'usual' }
  /** Nobody knows yet: the person is shown where they could go, and chooses. */
  | { readonly kind: 'discovery' }
  /** Null: none of them. */
  | { readonly kind: 'organization'; readonly organizationId: OrganizationId | null }

const USUAL: Destination = Object.freeze({ kind: 'usual' })

/** What a caller may say about it: an organization, or that it will be chosen. */
export function destinationOf(asked: {
  readonly organizationId?: OrganizationId | null | undefined
  readonly discover?: boolean | undefined
}): Destination {
  if (asked.organizationId) return { kind: 'organization', organizationId: asked.organizationId }
  return asked.discover ? { kind: 'discovery' } : USUAL
}

/** Whether the person has to choose: on request, or because they are not where they wanted to go. */
export function hasToChoose(destination: Destination, memberships: Memberships): boolean {
  if (destination.kind === 'discovery') return true
  if (destination.kind === 'usual' || destination.organizationId === null) return false
  return memberships[destination.organizationId] === undefined
}

/** The organization the session is for, of those the person is in; null: none. */
export function organizationOf(destination: Destination, memberships: Memberships): OrganizationId | null {
  if (destination.kind === 'discovery') return null
  if (destination.kind === 'organization') {
    const { organizationId } = destination
    return organizationId !== null && memberships[organizationId] ? organizationId : null
  }
  const [only, ...others] = Object.values(memberships)
  return only && others.length === 0 ? only.organizationId : null
}
