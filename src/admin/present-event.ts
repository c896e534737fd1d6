import type { AuditEventObject, AuditRiskObject } from '../audit/audit.graphql.js'
import type { AuditEvent, AuditEventContext, AuditRisk } from '../audit/index.js'
import type { Say } from '../kernel/sentences.js'
import { describeContribution } from '../risk/index.js'

/** An audit event as an operator reads it, with the contributions to its risk score in words. */
export const presentEvent = (event: AuditEvent, say: Say): AuditEventObject => ({
  ...event,
  risk: event.risk && presentRisk(event.risk, event.context, say),
})

/** A risk assessment with a sentence for each contribution. */
export const presentRisk = (risk: AuditRisk, context: AuditEventContext | null, say: Say): AuditRiskObject => ({
  ...risk,
  threshold: risk.threshold ?? null,
  promptBudget: risk.promptBudget ?? null,
  modelVersion: risk.modelVersion ?? null,
  contributions: risk.contributions.map((contribution) => ({
    code: contribution.code,
    nats: contribution.nats,
    detail: describeContribution(contribution, { country: context?.country ?? null }, say),
  })),
})
