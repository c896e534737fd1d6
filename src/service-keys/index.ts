export { admitService, type AdmitServiceDeps } from './admit-service.js'
export {
  createServiceKey,
  type ChangeServiceKeysDeps,
  type CreateServiceKeyOutcome,
  type MadeServiceKey,
  type ServiceKeySettings,
} from './create-service-key.js'
export { createServiceKeyDirectory, type ServiceKeyDirectory } from './directory.js'
export type { ServiceKeyPage, ServiceKeyStore } from './ports.js'
export { revokeServiceKey } from './revoke-service-key.js'
export { rotateServiceKey, type RotateServiceKeyOutcome } from './rotate-service-key.js'
export { looksLikeServiceKey, shownServiceKey, worksAt, type ServiceKey, type ShownServiceKey } from './service-key.js'
