import { accountActor, NO_EVENTS, type AuditLog } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { LOST, settleOn } from '../kernel/settle.js'
import { NO_PERSONAL_DATA, PROFILE_FIELDS, type Account, type PersonalData, type VisibleProfile } from './account.js'
import type { AccountStore } from './ports.js'

/** The part of an account that its profile is read from. */
type ProfileHolder = Pick<Account, 'id' | 'sealedProfile'>

const sealedFor = (id: AccountId): string => `profile:${id}`

/** Opens the personal data. Throws for a value that was altered or whose key is gone: it must not look empty. */
export function readProfile(secrets: Pick<Secrets, 'open'>, account: ProfileHolder): PersonalData {
  if (account.sealedProfile === null) return NO_PERSONAL_DATA
  const opened = secrets.open(account.sealedProfile, sealedFor(account.id))
  if (!opened) throw new Error('the personal data of an account cannot be opened')
  return { ...NO_PERSONAL_DATA, ...(JSON.parse(opened.plain) as Partial<PersonalData>) }
}

/**
 * What an organization's administrators may see of a member. The caller must check that the account is a member and
 * that its own caller is such an administrator.
 */
export function visibleProfile(secrets: Pick<Secrets, 'open'>, account: ProfileHolder): VisibleProfile {
  const { visibleToOrganizations, ...profile } = readProfile(secrets, account)
  const hidden = PROFILE_FIELDS.filter((field) => !visibleToOrganizations.includes(field))
  return { ...profile, ...Object.fromEntries(hidden.map((field) => [field, null])) }
}

export interface UpdateProfileDeps {
  readonly accounts: AccountStore
  readonly audit: AuditLog
  readonly secrets: Secrets
}

export interface UpdateProfileInput {
  readonly account: ProfileHolder
  /** Fields to change; null clears one, a missing field stays. */
  readonly changes: Partial<PersonalData>
  readonly context: AuditContext
}

/** Changes some of the personal data and returns all of it; null when the account is gone. */
export function updateProfile(deps: UpdateProfileDeps, input: UpdateProfileInput): Promise<PersonalData | null> {
  return settleOn(
    input.account,
    ({ id }): Promise<ProfileHolder | null> => deps.accounts.find(id),
    async (account) => {
      const changed: PersonalData = { ...readProfile(deps.secrets, account), ...input.changes }
      const sealed = sealProfile(deps, account.id, changed)
      const events = deps.audit.prepare([updatedEvent(input)])
      return (await deps.accounts.replaceProfile(account.id, account.sealedProfile, sealed, events)) ? changed : LOST
    },
  )
}

/**
 * Reseals personal data that an older key sealed, so that the key can be removed. A change made meanwhile did it
 * already.
 */
export async function resealProfile(deps: Omit<UpdateProfileDeps, 'audit'>, account: ProfileHolder): Promise<void> {
  if (account.sealedProfile === null || !deps.secrets.open(account.sealedProfile, sealedFor(account.id))?.stale) return
  const sealed = sealProfile(deps, account.id, readProfile(deps.secrets, account))
  await deps.accounts.replaceProfile(account.id, account.sealedProfile, sealed, NO_EVENTS)
}

const sealProfile = ({ secrets }: { readonly secrets: Secrets }, id: AccountId, profile: PersonalData): string =>
  secrets.seal(JSON.stringify(profile), sealedFor(id))

function updatedEvent({ account, changes, context }: UpdateProfileInput) {
  return {
    action: 'account.updated',
    actor: accountActor(account.id),
    targets: [{ id: account.id, type: 'ACCOUNT' }],
    outcome: 'SUCCESS',
    context,
    metadata: { fields: Object.keys(changes) },
  } as const
}
