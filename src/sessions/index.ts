export { createAccessTokens, type AccessTokens, type AccessTokenSettings } from './access-token.js'
export { type CountSignIn } from './count-sign-in.js'
export { comeIn, type ComeInDeps, type ComeInOutcome } from './come-in.js'
export { deliverCookies, type IssuedCredentials } from './credentials.js'
export { createDeviceProofs, type DeviceProofs } from './device-proofs.js'
export type { MailedLink } from './links/mailed-link.js'
export type { LinkStore } from './links/ports.js'
export { type EndSessionDeps } from './end-session.js'
export { externalFactor, isSingleMethod } from './external-methods.js'
export { identify, type IdentifyDeps, type Identity, type SignedIn } from './identify.js'
export { findOrMakeLinked, linkKey, type LinkedAccountDeps } from './linked-account.js'
export { type PresentedCredential } from './read-credential.js'
export { rememberRecordedUses } from './recorded-uses.js'
export { admitsProofOf, secondFactors, type Person, type PersonInSession, type SignedInPerson } from './person.js'
export type {
  Arrival,
  OpenSession,
  OpenStepUp,
  OperatorBootstrap,
  PasskeyVerifier,
  PersonReader,
  SessionStore,
  SpentChallenges,
} from './ports.js'
export { createProofTokens } from './proof-token.js'
export { raiseSession, type RaiseDeps, type RaisedSession } from './raise-session.js'
export { type RefreshSessionDeps } from './refresh-session.js'
export {
  endingWithAll,
  familyOf,
  isInUse,
  isShown,
  keptWith,
  supersede,
  type Sessions,
  type Supersession,
} from './succession.js'
export { makeRoom, type RoomDeps } from './make-room.js'
export {
  type RefreshState,
  type Session,
  type SessionLifetimes,
  type SessionTransport,
  type StepUpContext,
} from './session.js'
export {
  AUTHENTICATION_INTENTS,
  type AuthenticationIntent,
  type ServiceAuthentication,
} from './service-authentication.js'
export { signIn, type SignInDeps } from './sign-in.js'
export { remoteKeys } from './issuer-keys.js'
export { readTrustedIssuers } from './trusted-issuer.js'
export { createTrustedIssuers, type TrustedIssuers } from './trusted-issuers.js'
export { type PasskeyHolder } from './sign-in-with-passkey.js'
export { limitEvents } from './sign-in-events.js'
export { grantsAfter, isOutdatedGrant } from './session.js'
export { admitsFactor, openStepUp, readStepUp, type StepUpContextDeps } from './step-up-context.js'
