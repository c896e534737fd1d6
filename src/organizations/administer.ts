import type { GuardArguments } from '../kernel/guard.graphql.js'

/** What everything asks that only administrators of an organization may do or see. */
export const ADMINISTER: GuardArguments = {
  access: 'ORG_ADMIN',
  assurance: 'MFA',
  withinSeconds: 900,
  purpose: 'organization.manage',
}
