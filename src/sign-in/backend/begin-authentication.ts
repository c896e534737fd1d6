import { serviceActor } from '../../audit/index.js'
import type { ChallengeChoice } from '../../challenges/index.js'
import type { DeviceKeyProof, HashedFingerprint } from '../../devices/index.js'
import type { ServiceActor } from '../../kernel/actor.js'
import type { EmailAddress } from '../../kernel/email-address.js'
import { mailLanguage } from '../../kernel/language.js'
import type { AuditContext, RequestOrigin } from '../../kernel/request-context.js'
import { NO_FAILURES } from '../../limits/index.js'
import { bothNotices, type ArrivalOutcome, type Arrivals } from '../arrival.js'
import { externalFactor } from '../external-methods.js'
import { findOrMakeLinked, type LinkedAccountDeps } from '../linked-account.js'
import type { AuthenticationIntent } from '../../sessions/index.js'
import { issuerOf } from './tenant.js'

export interface BeginAuthenticationDeps extends LinkedAccountDeps {
  readonly arrivals: Arrivals
}

export interface BeginAuthenticationInput {
  readonly service: ServiceActor
  /** The backend's name for the person. */
  readonly subject: string
  readonly email: EmailAddress
  /** What the backend verified. */
  readonly methods: readonly string[]
  readonly intent: AuthenticationIntent
  readonly nonce: string | null
  /** The person's device, as the backend reports it. */
  readonly device: ReportedDevice
  /** Recent wrong first factors for this name, as the backend counted them. */
  readonly failedAttempts: number
  readonly beginChallenge: ChallengeChoice | null
  readonly context: AuditContext
}

export interface ReportedDevice extends HashedFingerprint {
  readonly origin: RequestOrigin
  readonly token: string | null
}

/** A backend cannot prove a key held by the browser, so a device that is bound to one is challenged instead. */
const NO_KEY: DeviceKeyProof = {
  judge: () => Promise.resolve({ kind: 'missing' }),
  spend: () => Promise.resolve(false),
}

/**
 * Continues a sign-in that began at a backend's own login: finds or creates the account by tenant and subject, judges
 * the risk from the device facts the backend reports, and opens the session. Everything after that is the same as after
 * our own first factors.
 */
export async function beginAuthentication(
  deps: BeginAuthenticationDeps,
  input: BeginAuthenticationInput,
): Promise<ArrivalOutcome> {
  const { service, subject, device, nonce, intent } = input
  // Events, notices and risk describe the person's device; the backend is recorded as the source of those facts.
  const context = { ...input.context, origin: device.origin }
  const { person, notify } = await findOrMakeLinked(deps, {
    identity: { issuer: issuerOf(service), subject },
    email: input.email,
    language: mailLanguage(device.origin.language, deps.messages.languages),
    by: serviceActor(service.keyId),
    context,
  })
  const { tenant, keyId, audience } = service
  const authentication = { tenant, keyId, subject, audience, nonce, intent, origin: device.origin }
  const outcome = await deps.arrivals.comeIn({
    first: { ...externalFactor(input.methods), authentication },
    person,
    attempt: { ...NO_FAILURES, failuresOfName: input.failedAttempts, now: deps.clock.now() },
    destination: { kind: 'usual' },
    transport: 'BEARER',
    deviceTokenFor: () => device.token,
    deviceKey: NO_KEY,
    fingerprint: device.fingerprint,
    timeZone: device.timeZone,
    former: null,
    beginChallenge: input.beginChallenge,
    context,
  })
  return outcome.kind === 'refused' ? outcome : { ...outcome, notify: bothNotices(notify, outcome.notify) }
}
