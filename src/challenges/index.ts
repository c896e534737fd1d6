export type { BeginChallengeDeps } from './begin-challenge.js'
export type { BeginEnrollmentDeps } from './begin-enrollment.js'
export type { CancelChallengeDeps } from './cancel-challenge.js'
export type { Challenge, ChallengeSettings } from './challenge.js'
export type {
  Activation,
  ApprovePrompt,
  ChallengeAddress,
  ChallengedPerson,
  ChallengedSession,
  ChallengeStore,
  ConnectDevice,
  DenyPrompt,
  OpenChallenge,
  OpenEnrollment,
  PassChallenge,
  PersonWithDevices,
  PushStore,
  SpendAttempt,
} from './ports.js'
export type { VerifyChallengeDeps } from './verify-challenge.js'
export type { ChallengeablePerson, ChallengeChoice, ChallengeOpening, OpeningChallenge } from './open-with-session.js'
export type { SessionToChallenge } from './start-challenge.js'
export type { OpenedChallenge } from './ask-question.js'
