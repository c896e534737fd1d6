import type { ChallengeChoice, OpenedChallenge, SessionToChallenge } from '../challenges/index.js'
import type { SessionActor } from '../kernel/actor.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { AskedGuard, DemandGuard } from '../kernel/guard.graphql.js'
import type { Notices } from '../kernel/notices.js'
import { auditContextOf, type AuditContext, type RequestContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import {
  ENTER,
  enteredNotice,
  enterChosen,
  isEntering,
  type EnterChosenDeps,
  type EnteringViewer,
} from '../organizations/index.js'
import type { PersonInSession } from '../sessions/index.js'
import type { Discover } from './present-sign-in.graphql.js'
import type { Entry } from './select-organization.js'

/** What the policy says about guards that depend on the organization that is chosen. */
export interface ChoicePolicy {
  readonly demand: DemandGuard
  /** Whether such a caller would be let in. */
  wouldAllow(asked: AskedGuard & { readonly actor: SessionActor }): Promise<boolean>
  /** The step-up that such a caller would be asked for next, opened; null: none. */
  nextStepUp(
    asked: AskedGuard & { readonly actor: SessionActor },
  ): Promise<{ readonly code: ErrorCode; readonly stepUp: StepUp } | null>
}

export interface ChoiceDeps {
  readonly choicePolicy: ChoicePolicy
  readonly entering: EnterChosenDeps
  readonly notices: Notices
  /** Begins a challenge in an active session. Null: it cannot begin now. */
  readonly startChallenge: (
    choice: ChallengeChoice,
    asked: SessionToChallenge,
    context: AuditContext,
  ) => Promise<OpenedChallenge | null>
}

export interface Choosing {
  readonly person: EnteringViewer & Pick<PersonInSession, 'account' | 'session' | 'memberships' | 'mfaRules'>
  readonly actor: SessionActor
  readonly context: RequestContext<EnteringViewer>
  /** The path of the field, for refusals. */
  readonly path: string
}

/** Joining, for the account of this request. */
export function entryOf(
  { choicePolicy, entering, notices }: ChoiceDeps,
  discover: Discover,
  { person, actor, context, path }: Choosing,
): Entry {
  const asked = { context, guard: ENTER, path }
  return {
    isOffered: async (organizationId) =>
      (await discover(person)).some(({ id }) => id === organizationId) ||
      isEntering(entering, { organizationId, emailKey: person.account.emailKey }),
    mayEnter: () =>
      choicePolicy.wouldAllow({ ...asked, actor: { ...actor, state: 'active', choosing: false, admits: null } }),
    demand: () => choicePolicy.demand(asked),
    enter: async (organizationId) => {
      const outcome = await enterChosen(entering, {
        accountId: actor.accountId,
        sessionId: actor.sessionId,
        sessionOrganizationId: actor.organizationId,
        emailKey: person.account.emailKey,
        organizationId,
        context: auditContextOf(context),
      })
      if (outcome.kind === 'entered') {
        context.afterAnswer(() => notices.tell(enteredNotice(context, outcome.name)))
      }
      return outcome
    },
  }
}

/** What the next operation for the organization that an active session switched to would be refused with. */
export function nextStepUp({ choicePolicy }: ChoiceDeps, { person, actor, context, path }: Choosing) {
  const { memberships, mfaRules, session } = person
  const { organizationId } = session
  const guard = organizationId === null ? {} : ({ access: 'MEMBER' } as const)
  return choicePolicy.nextStepUp({ context, guard, path, actor: { ...actor, organizationId, memberships, mfaRules } })
}
