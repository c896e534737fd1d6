import { accountActor, type AuditLog } from '../../audit/index.js'
import { describeAgent } from '../../kernel/describe-agent.js'
import type { Logger } from '../../kernel/logger.js'
import type { MaterialAdvance } from '../../kernel/material-advance.js'
import type { Secrets } from '../../kernel/secrets.js'
import {
  NOTHING_REVEALED,
  NOTHING_SHOWN,
  type Asked,
  type AskRequest,
  type FactorKind,
  type OutgoingMessage,
} from '../factor.js'
import type { PushDelivery, PushSubscriptions } from './ports.js'
import { openSubscription, readMaterial, recentPrompts, type PushMaterial } from './push-material.js'
import { newNumber, newQuestion, stateOf } from './push-question.js'
import { writeDeviceName } from './push-signature.js'

export interface PushFactorDeps {
  readonly secrets: Secrets
  readonly audit: Pick<AuditLog, 'record'>
  readonly logger: Logger
  readonly delivery: PushDelivery
  readonly subscriptions: PushSubscriptions
  /** The country of an address, as ISO 3166-1 alpha-2; null when unknown. */
  readonly countryOf: (address: string) => string | null
}

export interface PushSettings {
  /** The gateway's public URL, which serves the page for devices. */
  readonly publicUrl: string
  readonly connectSeconds: number
  readonly challengeSeconds: number
  /** Prompts a device gets before the factor is paused (R043). */
  readonly rate: { readonly count: number; readonly withinSeconds: number }
  /** How many more prompts a known device may start, as a fraction of the rate. */
  readonly knownReserve: number
}

// A push service only sees the length. The device fetches the prompt itself.
const PAYLOAD = JSON.stringify({ kind: 'waiting' })

/**
 * A prompt on another device, answered there with the number shown by the session that started it (R043, NIST 3.1.3).
 */
export function pushFactor(deps: PushFactorDeps, settings: PushSettings): FactorKind {
  return {
    type: 'PUSH',
    defaultName: 'Phone',
    challengeSeconds: settings.challengeSeconds,
    begin: async ({ accountId, factorId, now }) => {
      const token = deps.secrets.random()
      const material = {
        connectHash: deps.secrets.digest(token),
        connectUntil: now.getTime() + settings.connectSeconds * 1000,
        publicKey: null,
        sealedSubscription: null,
        prompts: '',
      } satisfies PushMaterial
      // In the fragment, which browsers never send: no server or log sees it.
      const connectUrl = `${settings.publicUrl}/push#connect=${writeDeviceName({ accountId, factorId })}.${token}`
      return { kind: 'begun', material, reveal: { ...NOTHING_REVEALED, push: { connectUrl } } }
    },
    ask: async (request) => ask(deps, settings, request),
    judge: async ({ factor, question }) => {
      const material = readMaterial(factor.material)
      if (!material) return { kind: 'unreadable' }
      if (material.publicKey === null || stateOf(question) !== 'approved') return { kind: 'wrong' }
      // The challenge is single-use anyway; the guard ensures that this device answered it.
      return { kind: 'right', advance: { where: { publicKey: material.publicKey }, set: {}, unset: [] } }
    },
    channelOf: ({ material }) => {
      const publicKey = readMaterial(material)?.publicKey ?? null
      return publicKey === null ? null : deps.secrets.digest(publicKey)
    },
    isWaiting: (question) => stateOf(question) === 'waiting',
  }
}

function ask(deps: PushFactorDeps, settings: PushSettings, request: AskRequest): Asked {
  const { factor, challengeId, context, now } = request
  const material = readMaterial(factor.material)
  const { count, withinSeconds } = settings.rate
  const recent = recentPrompts(material?.prompts ?? '', now, withinSeconds)
  // An attacker with the password can make the factor pause, so a known device gets a few more prompts (R129).
  const reserve = request.isKnownCaller ? Math.max(1, Math.ceil(count * settings.knownReserve)) : 0
  const oldest = recent.at(-(count + reserve))
  if (oldest !== undefined) return { kind: 'resting', until: new Date(oldest + withinSeconds * 1000) }

  const number = newNumber()
  const { origin } = context
  const asker = { agent: describeAgent(origin), country: deps.countryOf(origin.address) }
  // As read: of two prompts at the same moment, one must read again (R043).
  const advance: MaterialAdvance = {
    where: { prompts: material?.prompts ?? '' },
    set: { prompts: [...recent, now.getTime()].join(',') },
    unset: [],
  }
  return {
    kind: 'asked',
    question: newQuestion(deps.secrets, challengeId, number, asker),
    shown: { ...NOTHING_SHOWN, push: { number } },
    message: material && wakeUp(deps, settings, request, material),
    advance,
  }
}

/**
 * The message that wakes the device up; null when the device cannot be reached that way. A failed message is harmless:
 * the page on the device fetches waiting prompts whenever it is opened.
 */
function wakeUp(
  deps: PushFactorDeps,
  settings: PushSettings,
  request: AskRequest,
  { sealedSubscription }: PushMaterial,
): OutgoingMessage | null {
  const { accountId, factor, challengeId, context } = request
  const owner = { accountId, factorId: factor.id }
  const subscription = openSubscription(deps.secrets, owner, sealedSubscription)
  if (!subscription || sealedSubscription === null || deps.delivery.publicKey === null) return null
  return {
    admit: async () => ({ kind: 'admitted' }),
    send: async () => {
      const ttlSeconds = settings.challengeSeconds
      const outcome = await deps.delivery.wake({ subscription, payload: PAYLOAD, ttlSeconds })
      if (outcome === 'sent') return
      if (outcome === 'gone') await deps.subscriptions.drop(accountId, factor.id, sealedSubscription)
      deps.logger.warn({ requestId: context.requestId, outcome }, 'a push message did not get through')
      await deps.audit.record([
        {
          action: 'message.undelivered',
          actor: accountActor(accountId),
          targets: [
            { id: challengeId, type: 'CHALLENGE' },
            { id: factor.id, type: 'FACTOR' },
          ],
          outcome: 'FAILURE',
          reason: outcome === 'gone' ? 'subscription-ended' : 'push-service',
          context,
          metadata: { factorType: 'PUSH' },
        },
      ])
    },
  }
}
