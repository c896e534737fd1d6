export { createLogger, type FlushableLogger, type LoggerSettings } from './create-logger.js'
