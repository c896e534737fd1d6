import { FRESHNESS, type GuardArguments } from '../kernel/guard.graphql.js'

/** Joining an organization puts the account under one more rule, so it requires what leaving one requires (R136). */
export const ENTER: GuardArguments = {
  strongest: true,
  withinSeconds: FRESHNESS.strict,
  rule: 'ACCOUNT',
  purpose: 'organization.enter',
}

/** The guard of every field that only an organization's administrators may use. */
export const ADMINISTER: GuardArguments = {
  access: 'ORG_ADMIN',
  assurance: 'MFA',
  withinSeconds: 900,
  purpose: 'organization.manage',
}
