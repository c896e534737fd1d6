import { accountActor, type AuditLog } from '../audit/index.js'
import type { Messages } from '../kernel/messages.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Account } from './account.js'
import type { AccountStore } from './ports.js'

export interface SetLanguageDeps {
  readonly accounts: Pick<AccountStore, 'setLanguage'>
  readonly audit: AuditLog
  readonly messages: Pick<Messages, 'languages'>
}

export interface SetLanguageInput {
  readonly account: Pick<Account, 'id'>
  /** Null: no choice, so the browser's language counts again. */
  readonly language: string | null
  readonly context: AuditContext
}

export type SetLanguageOutcome =
  | { readonly kind: 'set'; readonly account: Account }
  | { readonly kind: 'unknown' } // nothing is written in this language
  | { readonly kind: 'gone' }

/** Chooses the language of an account's mails and messages. */
export async function setLanguage(
  deps: SetLanguageDeps,
  { account, language, context }: SetLanguageInput,
): Promise<SetLanguageOutcome> {
  if (language !== null && !deps.messages.languages.includes(language)) return { kind: 'unknown' }
  const events = deps.audit.prepare([
    {
      action: 'account.updated',
      actor: accountActor(account.id),
      targets: [{ id: account.id, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context,
      metadata: { fields: ['language'] },
    },
  ])
  const changed = await deps.accounts.setLanguage(account.id, language, events)
  return changed ? { kind: 'set', account: changed } : { kind: 'gone' }
}
