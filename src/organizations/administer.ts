import { FRESHNESS, type GuardArguments } from '../kernel/guard.graphql.js'

/** Entering an organization puts the account under one more rule, so it asks what leaving one asks (R136). */
export const ENTER: GuardArguments = {
  strongest: true,
  withinSeconds: FRESHNESS.strict,
  rule: 'ACCOUNT',
  purpose: 'organization.enter',
}

/** What everything asks that only administrators of an organization may do or see. */
export const ADMINISTER: GuardArguments = {
  access: 'ORG_ADMIN',
  assurance: 'MFA',
  withinSeconds: 900,
  purpose: 'organization.manage',
}
