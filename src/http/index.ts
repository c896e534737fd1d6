export { createHttpServer, type HttpServer } from './create-http-server.js'
export type { RunningServer } from './lifecycle.js'
export type {
  HttpConfig,
  HttpPorts,
  Identity,
  OperationToAuthorize,
  OutboxMessage,
  PresentedCredential,
} from './ports.js'
