export { createDeviceKey, type DeviceKey, type DeviceKeyOptions } from './device-key.js'
