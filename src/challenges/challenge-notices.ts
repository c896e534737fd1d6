import { codesLeft, mailAddressesOf, type Factor } from '../factors/index.js'
import { addresseeOf, takesBackSession, type Addressee, type Notice } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RaisedSession } from '../sessions/index.js'
import type { Enrollment } from './activate-factor.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson } from './ports.js'

/** How many wrong answers of one sign-in are no slip of the finger any more (R032). */
const WRONG_ANSWERS = 3

export interface Failure {
  readonly person: ChallengedPerson
  /** After the attempt. */
  readonly challenge: Challenge
  readonly factor: Factor
  readonly isExhausted: boolean
  readonly isDisabled: boolean
  /** Of a new challenge. */
  readonly attempts: number
  readonly context: AuditContext
}

/** What the person is told of a wrong answer: that a factor is disabled, and that somebody guesses. */
export function failureNotices(failure: Failure): readonly Notice[] {
  const { person, factor, context } = failure
  const about = { to: addresseeOf(person), context, takesBack: takesBackSession(person.session) }
  return [
    ...(failure.isDisabled ? [{ ...about, name: 'factor-disabled', details: { factor: factor.name } } as const] : []),
    ...(isGuessing(failure) ? [{ ...about, name: 'wrong-codes', details: {} } as const] : []),
  ]
}

/** Told from the third on; that one sign-in is told of once is up to the notices, over all processes. */
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
 * What the person is told of a right answer: the gravest of what it did. Each of these names device and place, so that a
 * recovery code used on a new device is one mail and not two.
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
  // With dead factors about, or one demanded, the password alone was not enough before either.
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

/** An address that was proved just now is told, too. */
function withAddressOf(to: Addressee, factor: Factor): Addressee {
  return { ...to, addresses: [...to.addresses, ...mailAddressesOf({ [factor.id]: factor })] }
}
