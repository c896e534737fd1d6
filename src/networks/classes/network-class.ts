/**
 * The purpose of a network other than "people at home, at work or on the road": machines for hire, a VPN's exits, Tor
 * exits, or a relay that hides many people behind few addresses (iCloud Private Relay, WARP).
 */
export const NETWORK_CLASSES = ['hosting', 'vpn', 'tor', 'relay'] as const
export type NetworkClass = (typeof NETWORK_CLASSES)[number]
