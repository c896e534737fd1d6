import { accountCareRepository } from './account-care-repository.js'
import { accountRepository } from './account-repository.js'
import { createAuditRepository } from './audit-repository.js'
import { challengeRepository } from './challenge-repository.js'
import { checkpointRepository } from './checkpoint-repository.js'
import type { Store } from './collection.js'
import { confirmationRepository } from './confirmation-repository.js'
import { deviceRepository } from './device-repository.js'
import { erasureRepository } from './erasure-repository.js'
import { factorRepository } from './factor-repository.js'
import { invitationRepository } from './invitation-repository.js'
import { createLimitsRepository } from './limits-repository.js'
import { linkRepository } from './link-repository.js'
import { listRepository } from './list-repository.js'
import { memberRepository } from './member-repository.js'
import { organizationRepository } from './organization-repository.js'
import { operatorRepository } from './operator-repository.js'
import { outboxRepository } from './outbox-repository.js'
import { openNames } from './names/names.js'
import { settlingNames } from './names/settling.js'
import { openPeople, type PeopleReader } from './person-document.js'
import { pushRepository } from './push-repository.js'
import { riskLabelRepository } from './risk-label-repository.js'
import { sessionRepository } from './session-repository.js'
import { serviceKeyRepository } from './service-key-repository.js'
import { suspicionRepository } from './suspicion-repository.js'
import { spentChallengeRepository } from './spent-challenge-repository.js'
import { tallyRepository } from './tally-repository.js'

export interface RepositorySettings {
  /** Callers that a process keeps in memory, each of about 5 kB. */
  readonly keptCallers: number
}

/** One repository per capability port, all over one store. Call before `store.prepare`, which makes the indexes. */
export function openRepositories(
  store: Store,
  ruleOf: PeopleReader['ruleOf'],
  { keptCallers }: RepositorySettings = { keptCallers: 5_000 },
) {
  const people = openPeople(store)
  const names = openNames(store, people)
  const reader = { people, ruleOf }
  const settling = settlingNames(names, {
    challenges: challengeRepository(reader, names),
    factors: factorRepository(people),
    accountCare: accountCareRepository(people),
    suspicions: suspicionRepository(reader),
  })
  return {
    ...settling,
    names: { sweep: (now: Date) => names.sweep(now), nameAccounts: (stop: () => boolean) => names.nameAccounts(stop) },
    accounts: accountRepository(people, names),
    sessions: sessionRepository(reader, names, keptCallers),
    operators: operatorRepository(people, names, store),
    devices: deviceRepository(people),
    riskLabels: riskLabelRepository(people),
    serviceKeys: serviceKeyRepository(store),
    spentChallenges: spentChallengeRepository(store),
    pushDevices: pushRepository(reader),
    erasures: erasureRepository(people, names, store),
    confirmations: confirmationRepository(store),
    organizationStore: organizationRepository(store),
    members: memberRepository(people),
    invitations: invitationRepository(store),
    links: linkRepository(store),
    limits: createLimitsRepository(store),
    listStore: listRepository(store),
    tallyStore: tallyRepository(store),
    auditStore: createAuditRepository(store),
    checkpointStore: checkpointRepository(store),
    outboxStore: outboxRepository(store),
  }
}
