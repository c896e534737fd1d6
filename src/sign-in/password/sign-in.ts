import type { PasswordHasher } from '../../accounts/index.js'
import { parseEmailAddress } from '../../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR } from '../../audit/index.js'
import { spokenFor } from '../../devices/index.js'
import type { BudgetName, SignInBudget } from '../../limits/index.js'
import { comeIn, recognize, type ComeInDeps, type ComeInInput, type ComeInOutcome } from '../come-in.js'
import type { Person, SessionStore } from '../../sessions/index.js'
import { limitEvents, refusedEvent } from '../sign-in-events.js'
import type { AuditContext } from '../../kernel/request-context.js'

export interface SignInDeps extends ComeInDeps {
  readonly sessions: SessionStore
  readonly passwords: PasswordHasher
  readonly budget: SignInBudget
}

export interface SignInInput extends Omit<ComeInInput, 'first'> {
  readonly email: string
  readonly password: string
}

export type SignInOutcome = ComeInOutcome | { kind: 'limited'; retryAfterSeconds: number }

/** Signs a person in with the password; risk decides whether somebody who has a second factor is asked for it now. */
export async function signIn(deps: SignInDeps, input: SignInInput): Promise<SignInOutcome> {
  const email = parseEmailAddress(input.email)
  const name = email?.key ?? input.email
  const found = email ? await deps.sessions.findPersonByEmail(email.key) : null
  const now = deps.clock.now()
  const recognized = await recognize(deps, input, found, now)
  const knownDevice = spokenFor(recognized)?.id ?? null

  const judged = await deps.budget.judge(
    { address: input.context.origin.address, name, knownDevice, account: found?.account.id ?? name },
    async (facts) => {
      const person = await checkPassword(deps, found, input.password)
      return { right: person !== null, value: { person, facts } }
    },
  )
  if (judged.kind === 'limited') return { kind: 'limited', retryAfterSeconds: judged.retryAfterSeconds }
  const { person, facts } = judged.value
  if (!person) deps.risk.promptBudget.failed(now.getTime())
  if (!person) return refuseSignIn(deps, found, judged.exhausted, input.context)

  const actor = accountActor(person.account.id)
  if (judged.exhausted.length > 0) await deps.audit.record(limitEvents(actor, judged.exhausted, input.context))
  const first = { method: 'PASSWORD', password: input.password } as const
  return comeIn(deps, { ...input, first }, person, { ...facts, now })
}

/** Does the same work for names that do not exist, and for accounts that may not sign in (R055, R056). */
async function checkPassword(deps: SignInDeps, found: Person | null, password: string): Promise<Person | null> {
  const account = found?.account.status === 'ACTIVE' ? found.account : null
  return (await deps.passwords.verify(password, account?.passwordHash ?? null)) ? found : null
}

async function refuseSignIn(
  deps: SignInDeps,
  found: Person | null,
  exhausted: readonly BudgetName[],
  context: AuditContext,
): Promise<SignInOutcome> {
  const actor = found ? accountActor(found.account.id) : ANONYMOUS_ACTOR
  await deps.audit.record([refusedEvent(actor, context), ...limitEvents(actor, exhausted, context)])
  return { kind: 'refused' }
}
