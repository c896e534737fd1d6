import type { AuditStore } from '../audit/index.js'
import type { CloseAccountDeps } from './close-account.js'
import { PersonalDataResolver } from './personal-data.graphql.js'
import { resumeErasures } from './resume-erasures.js'

export interface PersonalDataPorts extends CloseAccountDeps {
  readonly auditStore: Pick<AuditStore, 'find' | 'erase'>
}

/** Export and erasure of everything stored about an account. */
export const personalDataModule = (ports: PersonalDataPorts) => ({
  resolvers: [new PersonalDataResolver(ports)],
  /** Finishes erasures that a process died during. */
  resumeErasures: () => resumeErasures(ports),
})
