import {
  AuditEventsDocument,
  VerifyAuditChainDocument,
  VerifyChallengeDocument,
  type AuditEventsQuery,
} from '../../schema/generated/graphql.js'
import { given, type Story } from './story.js'
import { dataOf, expect, refusalOf } from './surprise.js'

/** The events that the steps must have left in the log, in this order; other events may be between them. */
const TRAIL = [
  'account.created',
  'session.created',
  'step_up.required',
  'factor.enrolled',
  'challenge.passed',
  'factor.activated',
  'step_up.required',
  'challenge.created',
  'challenge.passed',
  'step_up.satisfied',
  'device.remembered',
  'session.ended',
  'session.created',
  'step_up.required',
  'session.created',
] as const

const STEP_SECONDS = 30

/** Proves MFA once more, reads the story's events from the audit log, and verifies the log's chain. */
export async function readAuditLog(story: Story): Promise<string> {
  const { laptop } = story
  // A code works only once, so the app must show the next one.
  story.gateway.clock.advance(STEP_SECONDS)
  await stepUp(story)
  const { auditEvents } = dataOf(await laptop.send(AuditEventsDocument, { first: 100 }))
  const events = auditEvents.edges.map(({ node }) => node).reverse()
  const missing = firstMissing(events.map(({ action }) => action))
  expect(missing === null, `no ${String(missing)} where it belongs among: ${events.map(({ action }) => action).join()}`)
  const { verifyAuditChain } = dataOf(await laptop.send(VerifyAuditChainDocument))
  expect(verifyAuditChain.intact === true && verifyAuditChain.checked >= events.length, verifyAuditChain)
  const chain = `The log of ${verifyAuditChain.checked} events is intact.`
  return [...events.map(lineOf), chain].join('\n')
}

async function stepUp({ laptop, authenticator }: Story): Promise<void> {
  const { extensions } = refusalOf(await laptop.send(AuditEventsDocument, { first: 100 }), 'STEP_UP_REQUIRED')
  expect(extensions.stepUp?.purpose === 'admin.audit', extensions)
  const { factorId, code } = given(authenticator)
  const answer = { factorId, mfaToken: extensions.stepUp.mfaToken, code: code() }
  const { verifyChallenge } = dataOf(await laptop.send(VerifyChallengeDocument, { input: answer }))
  expect(verifyChallenge.__typename === 'ChallengePassed', verifyChallenge)
}

/** The first action of the trail that does not come after the ones before it; null when all are there. */
function firstMissing(actions: readonly string[]): string | null {
  let from = 0
  for (const action of TRAIL) {
    const at = actions.indexOf(action, from)
    if (at === -1) return action
    from = at + 1
  }
  return null
}

type Event = AuditEventsQuery['auditEvents']['edges'][number]['node']

function lineOf({ sequence, occurredAt, action, outcome, reason }: Event): string {
  const time = new Date(occurredAt).toISOString().slice(11, 19)
  return `${String(sequence).padStart(3)}  ${time}  ${action.padEnd(20)} ${outcome.padEnd(8)} ${reason ?? ''}`.trimEnd()
}
