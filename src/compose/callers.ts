import { identifyCallers, type PresentedByCaller } from '../sign-in/index.js'
import type { DocumentNode } from 'graphql'
import type { PersonPart } from '../kernel/person-part.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Adapters } from './adapters.js'
import type { Services } from './services.js'

/** The operation of a request, before its caller is known. */
interface Operation {
  readonly document: DocumentNode
  readonly operationName: string | null
}

/** Identifies the sender of a request, and the language that the account is set to. */
export function composeCallers(
  { clock, secrets, serviceKeyDirectory, repositories: { sessions, serviceKeys } }: Adapters,
  { audit, limits, budgets, recordedUses, tokens, rules }: Services,
  partsOf: (operation: Operation) => readonly PersonPart[],
) {
  const identify = identifyCallers({
    ...{ sessions, serviceKeys, serviceKeyDirectory, audit, limits, budgets, recordedUses, secrets, clock },
    callers: sessions,
    accessTokens: tokens.accessTokens,
    lifetimes: rules.sessions.lifetimes,
    secretTimes: rules.sessions.secretTimes,
  })
  return async (
    credential: PresentedByCaller | null,
    request: Pick<AuditContext, 'requestId' | 'origin'>,
    operation: Operation | null,
  ) => {
    const caller = await identify(credential, request, operation ? partsOf(operation) : [])
    const { language = null, languageIsChosen: isChosen = false } = caller.viewer?.account ?? {}
    return { ...caller, language: language === null ? null : { tag: language, isChosen } }
  }
}
