import type { GraphQLSchema } from 'graphql'
import { auditActorOf, type NewAuditEvent } from '../audit/index.js'
import type { Capabilities } from './capabilities.js'
import { countChanges } from './count-changes.js'
import { recognizeDevice, spokenFor, withUsedUpSecrets } from '../devices/index.js'
import { ruleFor } from '../kernel/mfa-rule.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import {
  createDocumentReader,
  createPolicy,
  protectSchema,
  type DocumentReader,
  type Policy,
  type RefusalRecord,
} from '../policy/index.js'
import { type AssessedRisk, assessRisk, isSameClient } from '../risk/index.js'
import { openStepUp, secondFactors, type SignedInPerson } from '../sessions/index.js'

/** How old a proof may be to answer a risk challenge. */
const RISK_PROOF_SECONDS = 300

/** Puts the guards of the schema in force, and the policy behind them. */
export function composePolicy(
  capabilities: Capabilities,
  buildSchema: (policy: () => Policy) => GraphQLSchema,
): { readonly schema: GraphQLSchema; readonly policy: Policy; readonly documents: DocumentReader } {
  const { config, clock, sessions, secrets } = capabilities
  const assessments = new WeakMap<RequestContext, AssessedRisk>()
  const made: { policy?: Policy } = {}
  const lazyPolicy = (): Policy => {
    if (!made.policy) throw new Error('the policy is asked before it is made')
    return made.policy
  }
  const guarded = protectSchema(buildSchema(lazyPolicy), capabilities.assurances)
  const { introspection } = config.server
  const documents = createDocumentReader({ ...guarded, limits: config.documents, introspection })
  const policy = createPolicy({
    ...guarded,
    documents,
    clock,
    hashOperation: (text) => secrets.keyedHash('operation', text),
    settings: {
      assurances: capabilities.assurances,
      riskProofSeconds: RISK_PROOF_SECONDS,
    },
    stepUps: {
      open: async ({ operationHash, need, context }) => {
        const person = viewerOf(context as RequestContext<SignedInPerson>)
        const { tokenSeconds: mfaTokenSeconds, stepUpsPerSession: maxStepUps } = config.mfa
        const deps = { sessions, secrets, clock, mfaTokenSeconds, maxStepUps }
        const opened = await openStepUp(deps, { person, need, operationHash })
        if (!opened) throw refuse('UNAUTHENTICATED')
        return opened
      },
    },
    risk: {
      assess: (context, scope) => {
        const assessment = assessOperation(capabilities, context as RequestContext<SignedInPerson>, scope)
        assessments.set(context, assessment)
        const isActedOn = !config.risk.reportOnly
        return Promise.resolve(isActedOn ? assessment : { ...assessment, level: 'LOW', verdict: 'ALLOW' })
      },
    },
    operationProofs: {
      spend: (actor, operationHash) => sessions.spendOperationProof(actor.accountId, actor.sessionId, operationHash),
    },
    changes: countChanges(capabilities),
    setAsides: {
      record: async (context, { accountId }, organizationIds) => {
        const { account } = viewerOf(context as RequestContext<SignedInPerson>)
        const about = { accountId, email: account.email, organizationIds, use: 'policy-set-aside' } as const
        const used = { ...about, context: auditContextOf(context) }
        context.afterAnswer(() => capabilities.breakGlass.tell(used))
        // Each operation of a break-glass member is one: equal ones are counted like refusals (0065).
        for (const event of capabilities.breakGlass.events(used)) await capabilities.refusalLog.record(event, [])
      },
    },
    refusals: {
      record: (refusal) => {
        const risk = assessments.get(refusal.context) ?? null
        return capabilities.refusalLog.record(refusalEvent(refusal), riskEvents(refusal, risk))
      },
    },
  })
  made.policy = policy
  return { schema: guarded.schema, policy, documents }
}

/** The risk of a guarded operation: what this request shows, held against where the session was last proved (R086). */
function assessOperation(
  capabilities: Capabilities,
  context: RequestContext<SignedInPerson>,
  scope: 'ACCOUNT' | 'ORGANIZATION',
): AssessedRisk & { readonly id: string; readonly provedHere: boolean } {
  const { risk, secrets, config, clock } = capabilities
  const person = viewerOf(context)
  const { account, session, devices, mfaRules } = person
  const { assurances } = capabilities
  const { methods, riskThresholds } = scope === 'ACCOUNT' ? mfaRules.account : ruleFor(mfaRules, session.organizationId)
  const rule = { now: clock.now(), enabled: methods, assurances, first: session.firstFactor }
  const settings = deviceSettings(config)
  // By its token alone, also where that is bound to a key: inside a session the session's credential speaks (0040).
  const token = context.jar.deviceToken(account.id)
  const recognized = withUsedUpSecrets(secrets, recognizeDevice({ secrets, settings }, devices, token, clock.now()))
  const assessment = assessRisk(risk, {
    purpose: 'OPERATION',
    origin: context.origin,
    deviceToken: recognized.state,
    deviceId: spokenFor(recognized)?.id ?? null,
    profile: person.riskProfile,
    session: session.provedFrom,
    timeZone: null,
    fingerprintBin: null,
    failedAttempts: 0,
    failedHere: 0,
    namesFailedNearby: 0,
    credentialChangedAt: null,
    lastSignInAt: account.lastSignInAt,
    suspicionAt: person.suspicionAt,
    privileged: person.roles.length > 0,
    factorTypes: secondFactors(person, rule).map((factor) => factor.type),
    thresholds: riskThresholds,
  })
  const provedHere = isSameClient(assessment.observation, session.provedFrom.observation)
  return { ...assessment, provedHere, id: context.requestId }
}

export const deviceSettings = (config: Capabilities['config']) => ({
  rememberDays: config.devices.rememberedDays,
  maxPerAccount: config.devices.perAccount,
  secretTimes: config.sessions.secretTimes,
})

/** What the risk was, where it is what an operation was refused for; others would cost each operation a write. */
function riskEvents({ context, actor, code, need }: RefusalRecord, risk: AssessedRisk | null): NewAuditEvent[] {
  if (risk === null || actor.kind !== 'session' || (need?.reason !== 'RISK_ELEVATED' && code !== 'RISK_BLOCKED'))
    return []
  return [
    {
      action: code === 'RISK_BLOCKED' ? 'risk.blocked' : 'risk.assessed',
      actor: auditActorOf(actor),
      targets: [{ id: actor.sessionId, type: 'SESSION' }],
      outcome: code === 'RISK_BLOCKED' ? 'DENIED' : 'SUCCESS',
      reason: 'operation',
      context: auditContextOf(context),
      risk,
    },
  ]
}

function refusalEvent({ context, actor, code, need, paths, purpose, enforced }: RefusalRecord) {
  const action = enforced ? (need ? 'step_up.required' : 'access.denied') : 'access.reported'
  return {
    action,
    actor: auditActorOf(actor),
    targets: paths.slice(0, 10).map((path) => ({ id: path, type: 'FIELD' }) as const),
    outcome: 'DENIED',
    reason: need?.reason ?? code,
    context: auditContextOf(context),
    metadata: { errorCode: code, purpose },
  } as const
}
