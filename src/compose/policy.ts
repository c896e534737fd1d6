import type { GraphQLSchema } from 'graphql'
import { auditActorOf, type NewAuditEvent } from '../audit/index.js'
import type { Actor } from '../kernel/actor.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import {
  createDocumentReader,
  createPolicy,
  protectSchema,
  refusalEvents,
  type DocumentReader,
  type Policy,
  type PolicyDeps,
} from '../policy/index.js'
import { inEnglish } from '../messages/index.js'
import { countChanges } from '../limits/index.js'
import { openStepUp, type IdentifiedPerson } from '../sessions/index.js'
import { assessOperation, type AssessedOperation, type AssessedPerson } from '../sign-in/index.js'
import type { Adapters } from './adapters.js'
import type { Modules } from './modules.js'
import type { Services } from './services.js'

/** Maximum age of a proof that answers a risk challenge. */
const RISK_PROOF_SECONDS = 300

/** The policy does not know what a session is; the gateway's contexts do. */
type SignedIn = RequestContext<IdentifiedPerson>

/** Enforces the guards of the schema, and the policy behind them. */
export function composePolicy(
  adapters: Adapters,
  services: Services,
  { schema, breakGlass }: Pick<Modules, 'breakGlass'> & { readonly schema: GraphQLSchema },
): { readonly schema: GraphQLSchema; readonly policy: Policy; readonly documents: DocumentReader } {
  const { config, clock, secrets, assurances } = adapters
  const guarded = protectSchema(schema, assurances)
  const { introspection } = config.server
  const documents = createDocumentReader({ ...guarded, limits: config.documents, introspection })
  const policy = createPolicy({
    ...guarded,
    documents,
    clock,
    hashOperation: (text) => secrets.keyedHash('operation', text),
    settings: { assurances, riskProofSeconds: RISK_PROOF_SECONDS, inEnglish },
    ...sessionPorts(adapters, services),
    ...riskAndRefusals(adapters, services),
    setAsides: {
      record: async (context, { accountId }, organizationIds) => {
        const { account } = viewerOf(context as SignedIn)
        const about = { accountId, email: account.email, organizationIds, use: 'policy-set-aside' } as const
        const used = { ...about, context: auditContextOf(context) }
        context.afterAnswer(() => breakGlass.tell(used))
        // Every operation of a break-glass member is an event; equal ones are counted together, like refusals (0065).
        for (const event of breakGlass.events(used)) await services.refusalLog.record(event, [])
      },
    },
  })
  return { schema: guarded.schema, policy, documents }
}

/** What the policy needs to know about the session of an operation. */
function sessionPorts(
  { secrets, clock, repositories: { sessions } }: Adapters,
  { rules, limits, budgets, audit }: Services,
): Pick<PolicyDeps, 'stepUps' | 'operationProofs' | 'changes'> {
  const { mfaTokenSeconds, maxStepUps } = rules
  const count = countChanges({ limits, budgets, audit, clock })
  return {
    stepUps: {
      open: async ({ operationHash, need, context }) => {
        const person = viewerOf(context as SignedIn)
        const deps = { sessions, secrets, clock, mfaTokenSeconds, maxStepUps }
        const opened = await openStepUp(deps, { person, need, operationHash })
        if (!opened) throw refuse('UNAUTHENTICATED')
        return opened
      },
    },
    operationProofs: {
      spend: (actor, operationHash) => sessions.spendOperationProof(actor.accountId, actor.sessionId, operationHash),
    },
    changes: { count: (context, actor, rootFields) => count(context as SignedIn, actor, rootFields) },
  }
}

/** Assesses the risk of an operation, and records refusals. The assessment explains the refusal it causes. */
function riskAndRefusals(
  { risk, secrets, clock, assurances }: Adapters,
  { rules, refusalLog }: Services,
): Pick<PolicyDeps, 'risk' | 'refusals'> {
  const assessed = new WeakMap<RequestContext, AssessedOperation>()
  const deps = { risk: risk.deps, secrets, clock, assurances, rules }
  return {
    risk: {
      assess: (context, scope) => {
        const assessment = assessOperation(deps, context as RequestContext<AssessedPerson>, scope)
        assessed.set(context, assessment)
        const answer = { ...assessment, level: 'LOW', verdict: 'ALLOW' } as const
        return Promise.resolve(rules.riskReportOnly ? answer : assessment)
      },
    },
    refusals: {
      record: (record) => {
        const { refusal, explanation } = refusalEvents(record, assessed.get(record.context) ?? null)
        return refusalLog.record(byAuditActor(refusal), explanation.map(byAuditActor))
      },
    },
  }
}

const byAuditActor = <E extends { readonly actor: Actor }>(event: E & Omit<NewAuditEvent, 'actor'>): NewAuditEvent => ({
  ...event,
  actor: auditActorOf(event.actor),
})
