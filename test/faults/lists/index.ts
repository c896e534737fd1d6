import type { Fault, ListedFault } from '../fault.js'
import { ACCOUNT_FAULTS } from './accounts.js'
import { AUDIT_FAULTS } from './audit.js'
import { BUDGET_FAULTS } from './budgets.js'
import { CHALLENGE_FAULTS } from './challenges.js'
import { DEVICE_FAULTS } from './devices.js'
import { ESCAPED_BEFORE } from './escaped-before.js'
import { FACTOR_FAULTS } from './factors.js'
import { GRANT_FAULTS } from './grants-and-roles.js'
import { HTTP_FAULTS } from './http.js'
import { JOURNAL_FAULTS } from './journal.js'
import { INPUT_FAULTS } from './keys-and-documents.js'
import { LIMIT_FAULTS } from './limits.js'
import { NAME_FAULTS } from './names.js'
import { ORGANIZATION_RULE_FAULTS } from './organization-rules.js'
import { ORGANIZATION_FAULTS } from './organizations.js'
import { POLICY_FAULTS } from './policy.js'
import { SESSION_FAULTS } from './sessions.js'
import { STORE_FAULTS } from './store.js'
import { SUCCESSION_FAULTS } from './successions.js'

const AREAS: Readonly<Record<string, readonly Fault[]>> = {
  'escaped before': ESCAPED_BEFORE,
  policy: POLICY_FAULTS,
  accounts: ACCOUNT_FAULTS,
  names: NAME_FAULTS,
  sessions: SESSION_FAULTS,
  challenges: CHALLENGE_FAULTS,
  factors: FACTOR_FAULTS,
  organizations: ORGANIZATION_FAULTS,
  devices: DEVICE_FAULTS,
  limits: LIMIT_FAULTS,
  store: STORE_FAULTS,
  journal: JOURNAL_FAULTS,
  audit: AUDIT_FAULTS,
  http: HTTP_FAULTS,
  rules: ORGANIZATION_RULE_FAULTS,
  budgets: BUDGET_FAULTS,
  successions: SUCCESSION_FAULTS,
  grants: GRANT_FAULTS,
  input: INPUT_FAULTS,
}

/** Every fault, by area. */
export const FAULTS: readonly ListedFault[] = Object.entries(AREAS).flatMap(([area, faults]) =>
  faults.map((fault) => ({ ...fault, area })),
)
