export type { AccessRow, AccessTable } from './access-table.js'
export type { PolicySettings } from './access-question.js'
export { guardTypeDefs, withGuardDirective } from './directive.js'
export {
  createDocumentReader,
  USUAL_DOCUMENT_LIMITS,
  type DocumentLimits,
  type DocumentReader,
} from './document-reader.js'
export { explainVariables } from './explain-variables.js'
export type { MayReach } from './plan-operation.js'
export { createPolicy } from './policy.js'
export type { AccessPreview, AuthorizeInput, Policy, PolicyDeps, PreviewInput } from './policy.js'
export type {
  OperationProofs,
  RefusalRecord,
  Refusals,
  Risk,
  RiskAssessment,
  RiskLevel,
  SetAsides,
  StepUpRequest,
  StepUps,
} from './ports.js'
export { printAccessTable } from './print-access-table.js'
export { protectSchema, type ProtectedSchema } from './protect-schema.js'
export { InvalidGuards } from './read-requirements.js'
export { refusalEvents } from './refusal-events.js'
export type { PurposeMessages } from './step-up-sentence.js'
export type { Explanation } from './why-invalid.js'
