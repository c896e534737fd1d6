import { newAccount, type AccountStore, type LinkedIdentity } from '../accounts/index.js'
import type { AuditActor, AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { EmailAddress } from '../kernel/email-address.js'
import type { Messages } from '../kernel/messages.js'
import { addresseeOf, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import type { SessionStore } from '../sessions/index.js'
import type { ArrivingPerson } from './arrival.js'

export interface LinkedAccountDeps {
  readonly accounts: Pick<AccountStore, 'create' | 'changeContact'>
  readonly sessions: Pick<SessionStore<ArrivingPerson>, 'findPersonByEmail'>
  readonly audit: AuditLog
  readonly notices: Notices
  readonly messages: Pick<Messages, 'languages'>
  readonly secrets: Secrets
  readonly clock: Clock
}

export interface LinkedAccountInput {
  readonly identity: LinkedIdentity
  /** Where notices go. The account is never looked up by it. */
  readonly email: EmailAddress
  readonly language: string | null
  /** The issuer or backend that vouches for the person. */
  readonly by: AuditActor
  readonly context: AuditContext
}

export interface LinkedPerson {
  readonly person: ArrivingPerson
  /** Tells the former address, after the answer is sent. */
  readonly notify: () => Promise<void>
}

/**
 * The key that finds the account of a linked identity, in place of an address. It contains no `@`, so it never equals
 * anything typed as an address: an e-mail address cannot link an identity to an existing account (R059).
 */
export const linkKey = ({ digest }: Pick<Secrets, 'digest'>, { issuer, subject }: LinkedIdentity): string =>
  `linked:${digest(JSON.stringify([issuer, subject]))}`

/**
 * Finds or creates the account of a person whom another login vouches for. Of many parallel calls, one insert creates
 * it.
 */
export async function findOrMakeLinked(deps: LinkedAccountDeps, input: LinkedAccountInput): Promise<LinkedPerson> {
  const key = linkKey(deps.secrets, input.identity)
  return untilSettled(async () => {
    const person = await deps.sessions.findPersonByEmail(key)
    if (person) return withContact(deps, input, person)
    await make(deps, input, key)
    return LOST
  })
}

async function make(deps: LinkedAccountDeps, input: LinkedAccountInput, emailKey: string): Promise<void> {
  const { identity: linkedTo, language, by, context } = input
  const email = input.email.written
  const account = newAccount({ email, emailKey, linkedTo, language, passwordHash: null, at: deps.clock.now() })
  const metadata = { issuer: linkedTo.issuer }
  await deps.accounts.create(account, ({ id }) => {
    const targets = [{ id, type: 'ACCOUNT' }] as const
    return deps.audit.prepare([
      { action: 'account.created', actor: by, targets, outcome: 'SUCCESS', reason: 'linked', context, metadata },
    ])
  })
}

/** The party that vouches for the person also decides where notices go; the former address is told. */
async function withContact(
  deps: LinkedAccountDeps,
  { email: { written: email }, by, context }: LinkedAccountInput,
  person: ArrivingPerson,
): Promise<LinkedPerson> {
  const { account } = person
  const asIs = { person, notify: () => Promise.resolve() }
  if (account.email === email) return asIs
  const at = deps.clock.now()
  const targets = [{ id: account.id, type: 'ACCOUNT' }] as const
  const events = deps.audit.prepare([
    { action: 'account.email_changed', actor: by, targets, outcome: 'SUCCESS', reason: 'linked', context },
  ])
  if (!(await deps.accounts.changeContact(account.id, account.email, { email, at }, events))) return asIs
  const noticeAddresses = [email, ...person.noticeAddresses.filter((address) => address !== account.email)]
  const changed: ArrivingPerson = { ...person, account: { ...account, email, emailChangedAt: at }, noticeAddresses }
  const to = addresseeOf({ ...changed, noticeAddresses: [account.email, ...noticeAddresses] })
  const notify = () => deps.notices.tell({ name: 'email-changed', to, context, details: {}, takesBack: null })
  return { person: changed, notify }
}
