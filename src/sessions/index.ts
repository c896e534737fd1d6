export { assessInSession, factsOfPerson } from './assess-in-session.js'
export { deliverCookies, issueWithProof, newSessionSecrets, type IssuedCredentials } from './credentials.js'
export type { ExternalFirstFactor, FirstFactor, GivenFirstFactor } from './first-factor.js'
export type { EndSessionDeps } from './end-session.js'
export { identify, type IdentifyDeps, type Identity } from './identify.js'
export type { PresentedCredential } from './read-credential.js'
export { rememberRecordedUses, type RecordedUses } from './recorded-uses.js'
export {
  admitsProofOf,
  hasDeadFactor,
  secondFactors,
  usableFactors,
  type FactorRule,
  type Person,
  type PersonInSession,
  type SignedInPerson,
} from './person.js'
export type { IdentifiedPerson, ReadPerson, SessionDevice } from './identified-person.js'
export type {
  Arrival,
  CallerReader,
  OpenSession,
  OpenStepUp,
  PersonReader,
  SessionAddress,
  SessionStore,
} from './ports.js'
export { raiseSession, type RaiseDeps, type RaiseRules, type RaisedSession } from './raise-session.js'
export type { RefreshSessionDeps } from './refresh-session.js'
export {
  endingWithAll,
  familyOf,
  isInUse,
  isShown,
  keptWith,
  ownSuccessor,
  sessionsToRetire,
  successorsOf,
  supersede,
  supersededUntil,
  type Sessions,
  type Supersession,
} from './succession.js'
export { makeRoom, type SessionRules } from './make-room.js'
export {
  grantsAfter,
  isOutdatedGrant,
  SESSION_TRANSPORTS,
  type ArrivedBy,
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
export { admitsFactor, newStepUp, openStepUp, readStepUp, type StepUpContextDeps } from './step-up-context.js'
