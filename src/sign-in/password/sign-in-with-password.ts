import { parseEmailAddress, type PasswordHasher } from '../../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR, type AuditLog } from '../../audit/index.js'
import { spokenFor } from '../../devices/index.js'
import type { Clock } from '../../kernel/clock.js'
import type { NamedRate } from '../../kernel/rate-limit-headers.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { ClientGone, type Turns } from '../../kernel/turns.js'
import { type BudgetName, limitReached, type SignInBudget } from '../../limits/index.js'
import type { PromptBudget } from '../../risk/index.js'
import type { SessionStore } from '../../sessions/index.js'
import type { ArrivalInput, ArrivalOutcome, Arrivals, ArrivingPerson } from '../arrival.js'
import { recognize, type RecognizeDeps } from '../recognize.js'
import { refusedEvent } from '../sign-in-events.js'

export interface PasswordSignInDeps extends RecognizeDeps {
  readonly sessions: Pick<SessionStore<ArrivingPerson>, 'findPersonByEmail'>
  readonly passwords: PasswordHasher
  readonly turns: Turns
  readonly budget: SignInBudget
  readonly promptBudget: Pick<PromptBudget, 'failed'>
  readonly arrivals: Arrivals
  readonly audit: AuditLog
  readonly clock: Clock
}

export interface PasswordSignInInput extends ArrivalInput {
  readonly email: string
  readonly password: string
  /** Whether the client has disconnected. */
  readonly isGone?: () => boolean
}

export type PasswordSignInOutcome = ArrivalOutcome | { kind: 'limited'; retryAfterSeconds: number; limit: NamedRate }

/** Signs a person in with the password. Risk decides whether an account with a second factor is challenged now. */
export async function signInWithPassword(
  deps: PasswordSignInDeps,
  { email: typed, password, isGone, ...input }: PasswordSignInInput,
): Promise<PasswordSignInOutcome> {
  const email = parseEmailAddress(typed)
  const name = email?.key ?? typed
  const found = email ? await deps.sessions.findPersonByEmail(email.key) : null
  const now = deps.clock.now()
  const recognized = await recognize(deps, input, found, now)
  const knownDevice = spokenFor(recognized)?.id ?? null

  const judged = await deps.budget.judge(
    { address: input.context.origin.address, name, knownDevice, account: found?.account.id ?? name },
    async (facts, used) => {
      const caller = { device: knownDevice, account: null, context: input.context }
      const asked = { ...caller, purpose: 'check', used, isGone } as const
      const checked = await deps.turns.take(asked, () => checkPassword(deps, found, password)).catch(asWrong)
      return { right: checked !== null, value: { checked, facts } }
    },
  )
  if (judged.kind === 'limited')
    return { kind: 'limited', retryAfterSeconds: judged.retryAfterSeconds, limit: judged.limit }
  const { checked, facts } = judged.value
  if (!checked) {
    deps.promptBudget.failed(now.getTime())
    return refuseSignIn(deps, found, judged.exhausted, input.context)
  }
  const { person, first } = checked
  if (judged.exhausted.length > 0) {
    const actor = accountActor(person.account.id)
    await deps.audit.record(judged.exhausted.map((name) => limitReached(name, input.context, actor)))
  }
  return deps.arrivals.comeIn({ ...input, first, person, attempt: { ...facts, now } })
}

/**
 * Null for a wrong password. Does the same work for unknown names and for accounts that may not sign in (R055, R056).
 * The plain password goes no further than this function.
 */
async function checkPassword({ passwords }: PasswordSignInDeps, found: ArrivingPerson | null, password: string) {
  const passwordHash = found?.account.status === 'ACTIVE' ? found.account.passwordHash : null
  if (!(await passwords.verify(password, passwordHash)) || !found || passwordHash === null) return null
  const rehashed = passwords.isOutdated(passwordHash) ? await passwords.hash(password) : null
  return { person: found, first: { method: 'PASSWORD', passwordHash, rehashed } as const }
}

/** An attempt whose client did not wait for the answer is not checked, but counts (R153). */
function asWrong(fault: unknown): null {
  if (fault instanceof ClientGone) return null
  throw fault
}

async function refuseSignIn(
  deps: PasswordSignInDeps,
  found: ArrivingPerson | null,
  exhausted: readonly BudgetName[],
  context: AuditContext,
): Promise<PasswordSignInOutcome> {
  const actor = found ? accountActor(found.account.id) : ANONYMOUS_ACTOR
  const events = exhausted.map((name) => limitReached(name, context, actor))
  await deps.audit.record([refusedEvent(actor, context), ...events])
  return { kind: 'refused' }
}
