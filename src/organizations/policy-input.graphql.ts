import { z } from 'zod'
import { ASSURANCES } from '../kernel/assurance.js'
import { FACTOR_TYPES } from '../kernel/factor-type.js'
import { ORGANIZATION_ROLES } from '../kernel/membership.js'
import { badInput } from '../kernel/parse-input.js'
import { refuse, type Refusal } from '../kernel/refusal.js'
import type { PolicyMistake } from './check-policy.js'
import { ORGANIZATION_MFA_MODES, type OrganizationMfaPolicy } from './organization.js'

/** The validation of `OrganizationMfaPolicyInput`. */
export const policyInput = z.object({
  policy: z.enum(ORGANIZATION_MFA_MODES),
  methods: z
    .array(z.enum(FACTOR_TYPES))
    .min(1)
    .max(FACTOR_TYPES.length)
    .transform((types) => [...new Set(types)])
    .nullish(),
  allowRememberedDevices: z.boolean(),
  riskThresholds: z.object({ low: z.number(), medium: z.number(), high: z.number() }).nullish(),
  enrollmentGraceUntil: z.date().nullish(),
  maxAgeSeconds: z.number().int().nullish(),
  roles: z.array(z.object({ role: z.enum(ORGANIZATION_ROLES), assurance: z.enum(ASSURANCES) })).max(8),
  revision: z.number().int().min(0).nullish(),
})

export const policyOf = (given: z.infer<typeof policyInput>): OrganizationMfaPolicy => ({
  mode: given.policy,
  methods: given.methods ?? null,
  rememberedDevices: given.allowRememberedDevices,
  riskThresholds: given.riskThresholds ?? null,
  enrollmentGraceUntil: given.enrollmentGraceUntil ?? null,
  maxAgeSeconds: given.maxAgeSeconds ?? null,
  roles: given.roles,
})

/** The refusal that tells an administrator what is wrong with a policy. */
export function refusePolicy(
  outcome:
    { readonly kind: 'mistaken'; readonly mistakes: readonly PolicyMistake[] } | { readonly kind: 'shuts-you-out' },
  inside = '',
): Refusal {
  if (outcome.kind === 'shuts-you-out') return refuse('FORBIDDEN', { says: 'organization.shuts-you-out' })
  return badInput(
    outcome.mistakes.map(({ field }) => `${inside}${field}`),
    outcome.mistakes.map(({ says }) => says),
  )
}
