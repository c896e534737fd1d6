import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { ErrorCode } from '../kernel/error-codes.js'
import { refuse } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import type { StepUpNeed } from '../kernel/step-up.js'
import type { AccessRow, AccessTable } from './access-table.js'
import type { Variables } from './conditions.js'
import { decideOperation } from './decide-operation.js'
import type { DocumentOutcome, DocumentReader } from './document-reader.js'
import { enforceReach, type EnforceDeps } from './enforce-reach.js'
import { createForesight, type Foresight } from './foresee.js'
import type { HashOperation } from './operation-identity.js'
import { createPlanner, type MayReach } from './plan-operation.js'

export interface PolicyDeps extends EnforceDeps {
  /** The results of `protectSchema`. */
  readonly schema: GraphQLSchema
  readonly table: AccessTable
  /** Identifies operations in proofs and in the audit log. All processes must give the same hash for the same text. */
  readonly hashOperation: HashOperation
  /** Checks documents before they run. Previewed documents pass the same checks. */
  readonly documents: Pick<DocumentReader, 'readTogether'>
}

export interface AuthorizeInput {
  readonly document: DocumentNode
  readonly operationName?: string | null | undefined
  readonly variables?: Variables
  readonly context: RequestContext
}

export interface PreviewInput {
  /** The document as text. All documents that one request previews share the limits of one document. */
  readonly document: string
  readonly operationName?: string | null | undefined
  readonly variables?: Variables
  readonly context: RequestContext
}

export interface AccessPreview {
  readonly allowed: boolean
  readonly code: ErrorCode | null
  readonly need: StepUpNeed | null
}

export interface Policy {
  /**
   * Decides the whole operation before any of it runs, and sets `context.access` if it is allowed. Otherwise throws the
   * Refusal for the response (`UNAVAILABLE` if a store is down) and leaves `context.access` null, so that the shield
   * rules reject every field. A resolver that ends or weakens the session calls `endGrant`.
   */
  authorize(input: AuthorizeInput): Promise<void>
  /** What an operation reaches at most, before its caller is known. Null if the document has no such operation. */
  mayReach(document: DocumentNode, operationName: string | null): MayReach | null
  /** Returns what `authorize` would decide from the guards, without sending, spending, recording or assessing risk. */
  preview(input: PreviewInput): AccessPreview
  accessTable(): readonly AccessRow[]
  /** Guards that depend on an argument. */
  readonly foresight: Foresight
}

export function createPolicy(deps: PolicyDeps): Policy {
  const readPreviewed = previewedDocuments(deps)
  const plan = createPlanner({ ...deps, assurances: deps.settings.assurances })
  return {
    authorize: async ({ document, operationName, variables, context }) => {
      // A grant of an earlier operation on this context must not apply to this one.
      context.access = null
      const operation = plan(document, operationName)
      if (!operation) return
      context.operation = operation.identify(variables)
      const reach = operation.reach(variables)
      if (reach.enforced.askedBy.length > 0 || reach.reported) await enforceReach(deps, context, reach)
      context.access = reach.grant
    },
    preview: ({ document, operationName, variables, context }) => {
      const operation = plan(readPreviewed(context, document), operationName)
      if (!operation) throw refuse('BAD_USER_INPUT', { says: 'input.no-operation' })
      const decision = decideOperation({
        requirement: operation.reach(variables).enforced,
        actor: context.actor,
        now: deps.clock.now(),
        risk: null,
        settings: deps.settings,
        operationHash: operation.identify(variables).hash,
      })
      if (decision.kind === 'allow') return { allowed: true, code: null, need: null }
      return { allowed: false, code: decision.code, need: decision.need }
    },
    mayReach: (document, operationName) => plan(document, operationName)?.mayReach ?? null,
    accessTable: () => deps.table.rows,
    foresight: createForesight(deps),
  }
}

/**
 * Reads the documents that one request previews, all within the limits of one document. The refusals do not quote the
 * documents.
 */
function previewedDocuments({ documents }: PolicyDeps): (context: RequestContext, text: string) => DocumentNode {
  const readers = new WeakMap<RequestContext, (text: string) => DocumentOutcome>()
  return (context, text) => {
    const read = readers.get(context) ?? documents.readTogether()
    readers.set(context, read)
    const found = read(text)
    if (found.kind === 'too-large') throw refuse('DOCUMENT_TOO_LARGE')
    if (found.kind === 'invalid') throw refuse('GRAPHQL_VALIDATION_FAILED')
    return found.document
  }
}
