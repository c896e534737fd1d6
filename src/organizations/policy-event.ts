import type { NewAuditEvent } from '../audit/index.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { OrganizationMfaPolicy } from './organization.js'

/** Tells what an organization's policy was and is. */
export const policyEvent = (
  acting: Acting,
  before: OrganizationMfaPolicy,
  after: OrganizationMfaPolicy,
): NewAuditEvent =>
  organizationEvent('organization.policy_changed', acting, {
    metadata: { before: writtenPolicy(before), after: writtenPolicy(after) },
  })

/** One line for each part of a policy, for the audit log. */
function writtenPolicy(policy: OrganizationMfaPolicy): readonly string[] {
  return [
    `mode=${policy.mode}`,
    `methods=${policy.methods?.join('+') ?? 'all'}`,
    `rememberedDevices=${policy.rememberedDevices}`,
    `riskThresholds=${writtenThresholds(policy.riskThresholds)}`,
    `enrollmentGraceUntil=${policy.enrollmentGraceUntil?.toISOString() ?? 'none'}`,
    `maxAgeSeconds=${policy.maxAgeSeconds ?? 'none'}`,
    ...policy.roles.map(({ role, assurance }) => `role ${role}=${assurance}`),
  ]
}

const writtenThresholds = (thresholds: RiskThresholds | null): string =>
  thresholds === null ? 'installation' : `${thresholds.low} ${thresholds.medium} ${thresholds.high}`
