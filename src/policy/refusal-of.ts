import type { Actor } from '../kernel/actor.js'
import { acrOf } from '../kernel/assurance.js'
import { refuse, type Refusal } from '../kernel/refusal.js'
import { stepUpOf, type StepUpNeed } from '../kernel/step-up.js'
import type { AccessRefused } from './access-question.js'
import type { RiskAssessment } from './ports.js'
import { stepUpSentence, type StepUpWords } from './step-up-sentence.js'

export interface OpenedStepUp {
  readonly mfaToken: string
  readonly expiresAt: Date
}

/** The error for a refusal that no step-up can resolve. A blocked caller learns only a reference. */
export function plainRefusal({ code }: AccessRefused, risk: RiskAssessment | null, actor: Actor): Refusal {
  const headers = new Map([['www-authenticate', 'Bearer']])
  if (code === 'UNAUTHENTICATED' && actor.kind === 'anonymous' && actor.isReplaced)
    return refuse(code, { headers, says: 'session.newer-credential', extensions: { reason: 'CREDENTIAL_REPLACED' } })
  if (code === 'UNAUTHENTICATED') return refuse(code, { headers })
  if (code === 'RISK_BLOCKED') return refuse(code, { extensions: { reference: risk?.id ?? null } })
  return refuse(code)
}

/** The error that requires a step-up: a message for people, `stepUp` and the RFC 9470 header for clients. */
export function stepUpRefusal(
  { code }: AccessRefused,
  need: StepUpNeed,
  opened: OpenedStepUp,
  words: StepUpWords,
): Refusal {
  const stepUp = stepUpOf(need, opened)
  const extensions = { stepUp: { ...stepUp, expiresAt: stepUp.expiresAt.toISOString() } }
  // No proof helps here, so there is no RFC 9470 challenge. `stepUp` says what to enrol and what enrolment requires.
  if (code === 'MFA_ENROLLMENT_REQUIRED') return refuse(code, { extensions })
  const sentence = stepUpSentence(need, words)
  return refuse(code, {
    ...sentence,
    extensions,
    headers: new Map([['www-authenticate', authenticateHeader(need, sentence.message)]]),
  })
}

/** RFC 9470 section 3. */
function authenticateHeader(need: StepUpNeed, description: string): string {
  return [
    'Bearer error="insufficient_user_authentication"',
    `error_description="${quotable(description)}"`,
    `acr_values="${acrOf(need.assurance)}"`,
    ...(need.maxAge === null ? [] : [`max_age=${need.maxAge}`]),
  ].join(', ')
}

// RFC 6750 section 3: printable ASCII without the quote and the backslash.
const quotable = (text: string): string => text.replace(/[^\x20-\x7e]|["\\]/g, '')
