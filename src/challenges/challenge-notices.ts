import { codesLeft, mailAddressesOf, type Factor } from '../factors/index.js'
import { addresseeOf, takesBackSession, type Addressee, type Notice } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RaisedSession } from '../sessions/index.js'
import type { Enrollment } from './activate-factor.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson } from './ports.js'

/** The number of wrong answers in one sign-in that can no longer be a typing mistake (R032). */
const WRONG_ANSWERS = 3

export interface Failure {
  readonly person: ChallengedPerson
  /** As it is after the attempt. */
  readonly challenge: Challenge
  readonly factor: Factor
  readonly isExhausted: boolean
  readonly isDisabled: boolean
  /** The attempts of a new challenge. */
  readonly attempts: number
  readonly context: AuditContext
}

/** The notices after a wrong answer: that a factor is disabled, and that someone is guessing. */
export function failureNotices(failure: Failure): readonly Notice[] {
  const { person, factor, context } = failure
  const about = { to: addresseeOf(person), context, takesBack: takesBackSession(person.session) }
  return [
    ...(failure.isDisabled ? [{ ...about, name: 'factor-disabled', details: { factor: factor.name } } as const] : []),
    ...(isGuessing(failure) ? [{ ...about, name: 'wrong-codes', details: {} } as const] : []),
  ]
}

/**
 * True from the third wrong answer on; the notices make sure that each sign-in is reported once, across all processes.
 */
function isGuessing({ person, challenge, isExhausted, attempts }: Failure): boolean {
  if (challenge.purpose === 'ENROLLMENT') return false
  const others = Object.values(person.session.challenges).filter(({ id }) => id !== challenge.id)
  const wrong = [...others, challenge].reduce((sum, each) => sum + Math.max(0, attempts - each.attemptsLeft), 0)
  return wrong >= WRONG_ANSWERS || isExhausted
}

export interface Success {
  readonly person: ChallengedPerson
  readonly factor: Factor
  readonly raised: RaisedSession
  readonly enrollment: Enrollment | null
  readonly context: AuditContext
}

/**
 * The notice after a right answer: only the gravest of its effects. Each notice names device and place, so a recovery
 * code used on a new device causes one mail, not two.
 */
export function passNotice(success: Success): Notice | null {
  const { person, factor, raised, enrollment, context } = success
  const about = { to: addresseeOf(person), context, takesBack: takesBackSession(raised.session) }
  if (enrollment) return enrollmentNotice(success, enrollment)
  if (factor.type === 'RECOVERY_CODE') {
    const left = (codesLeft(factor) ?? 1) - 1
    return { ...about, name: 'recovery-code-used', details: { codesLeft: left } }
  }
  const isNewDevice = raised.arrival?.device.before === null && person.session.state === 'pending'
  if (!isNewDevice || person.account.lastSignInAt === null) return null
  return { ...about, name: 'new-device', details: {}, isProved: true }
}

function enrollmentNotice({ person, raised, context }: Success, { activation }: Enrollment): Notice {
  const { factor, removes, countBefore } = activation
  const replaced = Object.values(person.factorRecords).filter(({ id }) => removes.includes(id))
  // With a dead or demanded factor, the password alone was not enough before either.
  const hadNone = countBefore === 0 && !Object.values(person.factorRecords).some(isSecondFactor)
  const wasFirst = hadNone && person.reEnrollSince === null
  const about = {
    to: withAddressOf(addresseeOf(person), factor),
    context,
    takesBack: { ...takesBackSession(raised.session), factorId: factor.id, wasFirst },
  }
  if (replaced.length === 0) return { ...about, name: 'factor-added', details: { factor: factor.name } }
  const names = replaced.map(({ name }) => name).join(', ')
  return { ...about, name: 'factor-replaced', details: { factor: factor.name, replaced: names } }
}

const isSecondFactor = ({ type }: Factor): boolean => type !== 'RECOVERY_CODE'

/** Adds an address that was just proved. */
function withAddressOf(to: Addressee, factor: Factor): Addressee {
  return { ...to, addresses: [...to.addresses, ...mailAddressesOf({ [factor.id]: factor })] }
}
