import type { AccountStore, ConfirmationStore, PasswordHasher, PasswordRules } from '../accounts/index.js'
import type { DeviceProofs, SpentChallenges } from '../devices/index.js'
import type { Messages } from '../kernel/messages.js'
import type { RequestedMail, SpendMailRequest } from '../kernel/requested-mail.js'
import type { LinkCalls, SpendCall } from '../kernel/spend-call.js'
import type { Turns } from '../kernel/turns.js'
import type { CallBudgets, SignInBudget, StepUpRule } from '../limits/index.js'
import type { PersonReader } from '../sessions/index.js'
import { HomegrownResolver } from './backend/homegrown-resolver.graphql.js'
import type { ChoiceDeps } from './choice.js'
import { createArrivals, type ComeInDeps } from './come-in.js'
import { DiscoveryResolver } from './discovery.graphql.js'
import { ExternalSignInResolver } from './issuer/external-sign-in.graphql.js'
import type { TrustedIssuers } from './issuer/trusted-issuers.js'
import { MailedCodeResolver } from './link/mailed-code.graphql.js'
import { MagicLinkResolver } from './link/magic-link.graphql.js'
import type { LinkSettings } from './link/mailed-link.js'
import { PasswordResetResolver } from './link/password-reset.graphql.js'
import type { LinkStore } from './link/ports.js'
import { PasskeyResolver } from './passkey/passkey-sign-in.graphql.js'
import type { ArrivingPerson } from './arrival.js'
import { PasswordSignInResolver } from './password/password-sign-in.graphql.js'
import type { PasskeyVerifier, PresentedPasskey } from './ports.js'
import type { Discover } from './present-sign-in.graphql.js'

export interface SignInPorts<T extends PresentedPasskey> extends ComeInDeps, Omit<ChoiceDeps, 'notices'> {
  readonly people: Pick<PersonReader<ArrivingPerson>, 'findPerson'>
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly links: LinkStore
  readonly linkSettings: LinkSettings
  readonly spentChallenges: SpentChallenges
  readonly passwords: PasswordHasher
  readonly turns: Turns
  readonly passwordRules: PasswordRules
  /** Null where passkeys are disabled. */
  readonly passkeys: PasskeyVerifier<ArrivingPerson, T> | null
  readonly trustedIssuers: TrustedIssuers
  readonly deviceProofs: DeviceProofs
  /** Lists the organizations a person can choose from. */
  readonly discover: Discover
  readonly budget: SignInBudget
  readonly callBudgets: CallBudgets
  readonly stepUpRule: StepUpRule
  readonly messages: Messages
  readonly requestedMail: RequestedMail
  readonly messageBudget: SpendMailRequest
}

/** Every way to sign in. Each verifies a first factor; all of them end with `arrivals`. */
export function signInModule<T extends PresentedPasskey>(ports: SignInPorts<T>) {
  const { callBudgets, secrets, deviceProofs, assurances, discover } = ports
  const deps = {
    ...ports,
    arrivals: createArrivals(ports),
    promptBudget: ports.risk.promptBudget,
    countSignIn: callBudgets.signIns,
    tenantBudget: callBudgets.perTenant,
  }
  const face = { secrets, deviceProofs, assurances, discover }
  const counted = (countWrong: SpendCall) => ({ ...deps, countWrong })
  const linkCalls: LinkCalls = {
    countWrong: callBudgets.perAddress('confirmationPerAddress'),
    giveBack: (context, at) => callBudgets.giveBackToAddress('messagePerAddress', context, at),
  }
  return {
    resolvers: [
      new PasswordSignInResolver(deps, face),
      new PasskeyResolver<T>(counted(callBudgets.perAddress('passkeyPerAddress')), face),
      new MagicLinkResolver(deps, { ...deps, linkCalls }, face),
      new PasswordResetResolver(deps, { ...deps, linkCalls }, face),
      new MailedCodeResolver({
        ...counted(linkCalls.countWrong),
        countGuess: callBudgets.mailedCodes,
        mailedCodeSeconds: ports.linkSettings.mailedCodeSeconds,
      }),
      new ExternalSignInResolver(counted(callBudgets.perAddress('externalTokenPerAddress')), face),
      new HomegrownResolver(deps),
      new DiscoveryResolver(deps, face),
    ],
  }
}
