import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { NO_PERSONAL_DATA, type Account, type PersonalData } from './account.js'
import type { AccountStore } from './ports.js'

const sealedFor = (id: AccountId): string => `profile:${id}`

/** Opens the personal data. A value that was altered, or whose key is gone, is a fault: it must not look empty. */
export function readProfile(secrets: Secrets, account: Account): PersonalData {
  if (account.sealedProfile === null) return NO_PERSONAL_DATA
  const opened = secrets.open(account.sealedProfile, sealedFor(account.id))
  if (!opened) throw new Error('the personal data of an account cannot be opened')
  return { ...NO_PERSONAL_DATA, ...(JSON.parse(opened.plain) as Partial<PersonalData>) }
}

export interface UpdateProfileDeps {
  readonly accounts: AccountStore
  readonly audit: AuditLog
  readonly secrets: Secrets
}

export interface UpdateProfileInput {
  readonly account: Account
  /** Fields to change; null clears one, absent leaves it. */
  readonly changes: Partial<PersonalData>
  readonly context: AuditContext
}

/** Changes some of the personal data and answers the whole. Sealing anew also moves it to the current key. */
export async function updateProfile(deps: UpdateProfileDeps, input: UpdateProfileInput): Promise<PersonalData | null> {
  const { account } = input
  const profile: PersonalData = { ...readProfile(deps.secrets, account), ...input.changes }
  const saved = await deps.accounts.saveProfile(
    account.id,
    deps.secrets.seal(JSON.stringify(profile), sealedFor(account.id)),
  )
  if (!saved) return null
  await deps.audit.record([
    {
      action: 'account.updated',
      actor: accountActor(account.id),
      targets: [{ id: account.id, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context: input.context,
      metadata: { fields: Object.keys(input.changes) },
    },
  ])
  return profile
}
