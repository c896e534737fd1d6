import type { GeoGap } from '../networks/index.js'

/** Why a database could not be asked, or had no answer. */
export type PlaceGap = GeoGap | 'address-not-public' | 'address-unreadable'
